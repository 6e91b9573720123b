package dev.longe.agent;

import java.nio.file.Path;

/**
 * An agent's sessions as files, so that a session can be continued in another home and another
 * directory. They are of one agent in one place. Thread-safe for different sessions.
 */
public interface SessionFiles {
  /**
   * Copies a session into an archive. Follows no link that the agent has left.
   *
   * @param archive an existing, empty directory
   * @throws dev.longe.core.Fault if the session does not exist
   */
  void pack(String session, Path archive);

  /**
   * Installs a session from an archive where the agent works now.
   *
   * @return the name by which the session is continued
   */
  String unpack(String session, Path archive);
}

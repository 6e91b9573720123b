package dev.longe.agent;

import java.nio.file.Path;

/**
 * An agent's sessions as files, so that a session can be continued in another home and another
 * directory. Thread-safe for different sessions.
 */
public interface SessionFiles {
  /**
   * Copies a session into an archive.
   *
   * @param directory the agent's working directory
   * @param archive an existing, empty directory
   * @throws dev.longe.core.Fault if the session does not exist
   */
  void pack(String session, Path directory, Path archive);

  /**
   * Installs a session from an archive in this home.
   *
   * @param directory the agent's new working directory
   * @return the name by which the session is continued
   */
  String unpack(String session, Path archive, Path directory);
}

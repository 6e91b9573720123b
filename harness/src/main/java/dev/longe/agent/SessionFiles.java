package dev.longe.agent;

import java.nio.file.Path;

/**
 * An agent's sessions as files, so that one can go on in another home and another directory. Safe
 * for use by many threads on different sessions.
 */
public interface SessionFiles {
  /**
   * SessionCopies a session out.
   *
   * @param directory where its agent worked
   * @param archive an existing, empty directory
   * @throws dev.longe.core.Fault if the session isn't there
   */
  void pack(String session, Path directory, Path archive);

  /**
   * Puts a session where this home's agent finds it.
   *
   * @param directory where its agent will work
   * @return the name by which it goes on
   */
  String unpack(String session, Path archive, Path directory);
}

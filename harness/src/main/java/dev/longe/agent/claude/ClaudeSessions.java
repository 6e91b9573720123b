package dev.longe.agent.claude;

import dev.longe.agent.SessionCopies;
import dev.longe.agent.SessionFiles;
import java.nio.file.Path;

/**
 * One file a session, in a folder named after the directory; the file alone is enough, and the
 * session keeps its name.
 */
record ClaudeSessions(Path projects, Path directory) implements SessionFiles {
  @Override
  public void pack(String session, Path archive) {
    SessionCopies.copy(
        SessionCopies.find(projects, session + ".jsonl", session),
        archive.resolve(session + ".jsonl"));
  }

  @Override
  public String unpack(String session, Path archive) {
    String folder = directory.toString().replaceAll("[^A-Za-z0-9]", "-");
    SessionCopies.copy(
        archive.resolve(session + ".jsonl"), projects.resolve(folder).resolve(session + ".jsonl"));
    return session;
  }
}

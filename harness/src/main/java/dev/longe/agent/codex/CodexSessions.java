package dev.longe.agent.codex;

import dev.longe.agent.SessionCopies;
import dev.longe.agent.SessionFiles;
import java.nio.file.Path;

/** One rollout file a session, found by its name anywhere below the directory. */
record CodexSessions(Path directory) implements SessionFiles {
  @Override
  public void pack(String session, Path archive) {
    Path file = SessionCopies.find(directory, session + ".jsonl", session);
    SessionCopies.copy(file, archive.resolve(String.valueOf(file.getFileName())));
  }

  @Override
  public String unpack(String session, Path archive) {
    Path file = SessionCopies.find(archive, session + ".jsonl", session);
    SessionCopies.copy(file, directory.resolve(String.valueOf(file.getFileName())));
    return session;
  }
}

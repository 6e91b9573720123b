package dev.longe.agent;

import java.nio.file.Path;

/** One rollout file a session, found by its name anywhere below the directory. */
record CodexSessions(Path directory) implements SessionFiles {
  @Override
  public void pack(String session, Path unusedDirectory, Path archive) {
    Path file = Copies.find(directory, session + ".jsonl", session);
    Copies.copy(file, archive.resolve(String.valueOf(file.getFileName())));
  }

  @Override
  public String unpack(String session, Path archive, Path unusedDirectory) {
    Path file = Copies.find(archive, session + ".jsonl", session);
    Copies.copy(file, directory.resolve(String.valueOf(file.getFileName())));
    return session;
  }
}

package dev.longe.agent;

import java.nio.file.Path;

/** One directory a session. */
record CopilotSessions(Path root) implements SessionFiles {
  @Override
  public void pack(String session, Path directory, Path archive) {
    Copies.tree(root.resolve(session), archive.resolve(session), session);
    Copies.replace(archive.resolve(session), directory.toString(), PLACE);
  }

  @Override
  public String unpack(String session, Path archive, Path directory) {
    Copies.tree(archive.resolve(session), root.resolve(session), session);
    Copies.replace(root.resolve(session), PLACE, directory.toString());
    return session;
  }

  /** Stands in a packed session for the directory that its tools run in. */
  private static final String PLACE = "/longe-session-directory";
}

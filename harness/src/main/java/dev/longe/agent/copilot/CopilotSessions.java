package dev.longe.agent.copilot;

import dev.longe.agent.SessionCopies;
import dev.longe.agent.SessionFiles;
import java.nio.file.Path;

/** One directory a session. */
record CopilotSessions(Path root, Path directory) implements SessionFiles {
  @Override
  public void pack(String session, Path archive) {
    SessionCopies.tree(root.resolve(session), archive.resolve(session), session);
    SessionCopies.replace(archive.resolve(session), directory.toString(), PLACE);
  }

  @Override
  public String unpack(String session, Path archive) {
    SessionCopies.tree(archive.resolve(session), root.resolve(session), session);
    SessionCopies.replace(root.resolve(session), PLACE, directory.toString());
    return session;
  }

  /** Stands in a packed session for the directory that its tools run in. */
  private static final String PLACE = "/longe-session-directory";
}

package dev.longe.agent.gemini;

import dev.longe.agent.SessionCopies;
import dev.longe.agent.SessionFiles;
import dev.longe.sandbox.Confinement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * One file a session, in a folder of the project. Taken elsewhere it is read from its file, which
 * gives it a new name there.
 */
record GeminiSessions(Path home, Confinement confinement) implements SessionFiles {
  private static final String CHATS = "tmp";
  private static final String BROUGHT = "brought";

  /** Directories in the agent's home that hold nothing but sessions and their traces. */
  static final List<String> DIRECTORIES = List.of(CHATS, BROUGHT, "history");

  private static final int SHORT = 8;

  private static String end(String session) {
    return "-" + session.substring(0, SHORT) + ".jsonl";
  }

  /** The file of a session from elsewhere, as the agent sees it. */
  private Path brought(String session) {
    return home.resolve(BROUGHT).resolve(session + ".jsonl");
  }

  @Override
  public void pack(String session, Path archive) {
    SessionCopies.copy(
        SessionCopies.find(confinement.outside(home.resolve(CHATS)), end(session), session),
        archive.resolve(session + ".jsonl"));
  }

  @Override
  public String unpack(String session, Path archive) {
    SessionCopies.copy(archive.resolve(session + ".jsonl"), confinement.outside(brought(session)));
    return session;
  }

  /** How the program is told to go on with a session. */
  List<String> arguments(String session) {
    return Files.exists(confinement.outside(brought(session)))
        ? List.of("--session-file", brought(session).toString())
        : List.of("--resume", session);
  }
}

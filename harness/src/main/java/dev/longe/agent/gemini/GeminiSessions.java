package dev.longe.agent.gemini;

import dev.longe.agent.SessionCopies;
import dev.longe.agent.SessionFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * One file a session, in a folder of the project. Taken elsewhere it is read from its file, which
 * gives it a new name there.
 */
record GeminiSessions(Path state) implements SessionFiles {
  private static final int SHORT = 8;

  private static String end(String session) {
    return "-" + session.substring(0, SHORT) + ".jsonl";
  }

  private Path brought(String session) {
    return state.resolve("brought").resolve(session + ".jsonl");
  }

  @Override
  public void pack(String session, Path directory, Path archive) {
    SessionCopies.copy(
        SessionCopies.find(state.resolve("tmp"), end(session), session),
        archive.resolve(session + ".jsonl"));
  }

  @Override
  public String unpack(String session, Path archive, Path directory) {
    SessionCopies.copy(archive.resolve(session + ".jsonl"), brought(session));
    return session;
  }

  /** How the program is told to go on with a session. */
  List<String> arguments(String session) {
    return Files.exists(brought(session))
        ? List.of("--session-file", brought(session).toString())
        : List.of("--resume", session);
  }
}

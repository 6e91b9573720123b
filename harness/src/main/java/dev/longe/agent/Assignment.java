package dev.longe.agent;

import dev.longe.core.TaskId;
import dev.longe.sandbox.Confinement;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an agent is to do in one attempt.
 *
 * @param session the harness's number of the session; equal while a session is continued
 * @param resume the agent's own name of the session to continue; empty for a new one
 * @param arguments of the agent as the loop names it
 * @param directory where it works
 * @param exchange where prompt and answer files lie
 * @param environment what the process may see of the harness's environment
 * @param timeout wall time after which nothing of it may live
 * @param outputBytesMax bytes it may print
 */
public record Assignment(
    TaskId task,
    int attempt,
    int session,
    Optional<String> resume,
    List<String> arguments,
    Path directory,
    Path exchange,
    String prompt,
    Map<String, String> environment,
    Confinement confinement,
    Duration timeout,
    long outputBytesMax) {
  public Assignment {
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
  }

  /**
   * Where the agent may leave its structured answer; the same in every attempt, as a session was
   * told it once.
   */
  public Path answerFile() {
    return answerFile(exchange);
  }

  /** The answer file of a workspace. */
  public static Path answerFile(Path exchange) {
    return exchange.resolve("answer.json");
  }

  /** The prompt, for programs that would rather read a file. */
  public Path promptFile() {
    return exchange.resolve("prompt-" + attempt + ".md");
  }

  /** A name for the session that is unique over all tasks. */
  public String sessionName() {
    return task + "-" + session;
  }
}

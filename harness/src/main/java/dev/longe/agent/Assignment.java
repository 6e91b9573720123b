package dev.longe.agent;

import dev.longe.core.TaskId;
import dev.longe.sandbox.Confinement;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The work of one attempt and its limits.
 *
 * @param session the harness's number of the session; the same while a session is continued
 * @param resume the agent's own name of the session to continue; empty for a new session
 * @param arguments the agent's arguments from the loop
 * @param directory the agent's working directory
 * @param before words before the command line of the agent's process; they start its services
 * @param exchange directory of the prompt and answer files
 * @param environment the variables of the harness's environment that the process may see
 * @param timeout wall-clock time after which all processes are killed
 * @param outputBytesMax maximum output in bytes
 */
public record Assignment(
    TaskId task,
    int attempt,
    int session,
    Optional<String> resume,
    List<String> arguments,
    Path directory,
    List<String> before,
    Path exchange,
    String prompt,
    Map<String, String> environment,
    Confinement confinement,
    Duration timeout,
    long outputBytesMax) {
  public Assignment {
    arguments = List.copyOf(arguments);
    before = List.copyOf(before);
    environment = Map.copyOf(environment);
  }

  /** The command line of the agent's process, with its services. */
  public List<String> argv(List<String> own) {
    return Stream.concat(before.stream(), own.stream()).toList();
  }

  /**
   * Path of the agent's structured answer. It is the same in every attempt, because a session is
   * told the path only once.
   */
  public Path answerFile() {
    return answerFile(exchange);
  }

  /** The answer file of an exchange directory. */
  public static Path answerFile(Path exchange) {
    return exchange.resolve("answer.json");
  }

  /** The prompt file, for programs that read their prompt from a file. */
  public Path promptFile() {
    return exchange.resolve("prompt-" + attempt + ".md");
  }

  /** A name for the session that is unique across tasks. */
  public String sessionName() {
    return task + "-" + session;
  }
}

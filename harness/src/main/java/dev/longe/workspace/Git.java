package dev.longe.workspace;

import dev.longe.core.Fault;
import dev.longe.sandbox.Confinement;
import dev.longe.sandbox.ProcessSpec;
import dev.longe.sandbox.Sandbox;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs the {@code git} program with settings that a repository's configuration can't override.
 * Thread-safe.
 */
final class Git {
  /** Allows for a large tree on a slow disk. A command that takes longer is taken to hang. */
  private static final Duration TIMEOUT = Duration.ofMinutes(10);

  private static final long OUTPUT_BYTES_MAX = 512L << 20;

  private static final List<String> SETTINGS =
      List.of(
          "core.filesRefLockTimeout=10000",
          "core.fsmonitor=false",
          "core.hooksPath=/dev/null",
          "core.packedRefsTimeout=30000",
          "core.quotePath=false",
          "core.untrackedCache=false",
          "advice.addEmbeddedRepo=false",
          "gc.auto=0",
          "maintenance.auto=false",
          "protocol.allow=never");

  private final Sandbox sandbox;
  private final Path directory;
  private final Map<String, String> environment;
  private final boolean contained;

  private Git(Sandbox sandbox, Path directory, Map<String, String> environment, boolean contained) {
    this.sandbox = sandbox;
    this.directory = directory;
    this.environment = environment;
    this.contained = contained;
  }

  /**
   * Git commands that run in {@code directory}.
   *
   * @param base environment variables that git gets: the program path and the location of the
   *     user's configuration
   */
  static Git in(Sandbox sandbox, Path directory, Map<String, String> base) {
    Map<String, String> all = new HashMap<>(base);
    all.put("LC_ALL", "C.UTF-8");
    all.put("GIT_TERMINAL_PROMPT", "0");
    return new Git(sandbox, directory, Map.copyOf(all), false);
  }

  Git at(Path other) {
    return new Git(sandbox, other, environment, contained);
  }

  /** The same commands; each ends with this process, however that ends. */
  Git contained() {
    return new Git(sandbox, directory, environment, true);
  }

  Git with(String name, Object value) {
    Map<String, String> all = new HashMap<>(environment);
    all.put(name, value.toString());
    return new Git(sandbox, directory, Map.copyOf(all), contained);
  }

  /** Exit status and output of a command. */
  record Result(int status, String output, String error) {
    boolean ok() {
      return status == 0;
    }
  }

  Result ask(String... arguments) {
    return askWith("", arguments);
  }

  /** As {@link #ask}, with text on the command's standard input. */
  Result askWith(String input, String... arguments) {
    List<String> argv = new ArrayList<>(List.of("git"));
    SETTINGS.forEach(s -> argv.addAll(List.of("-c", s)));
    argv.addAll(List.of(arguments));
    Sandbox.Outcome outcome =
        sandbox.run(
            new ProcessSpec(
                argv,
                directory,
                environment,
                contained,
                new Confinement.Open(),
                TIMEOUT,
                OUTPUT_BYTES_MAX,
                input,
                false));
    return new Result(outcome.exit().status(), outcome.output(), outcome.error());
  }

  /** The command's output, without the last line end. */
  String run(String... arguments) {
    return feed("", arguments);
  }

  /**
   * As {@link #run}, with text on the command's standard input.
   *
   * @throws Fault if the command fails
   */
  String feed(String input, String... arguments) {
    Result answer = askWith(input, arguments);
    if (!answer.ok()) {
      throw new Fault(
          "git %s failed in %s: %s".formatted(arguments[0], directory, answer.error().strip()));
    }
    return answer.output();
  }
}

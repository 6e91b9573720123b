package dev.longe.workspace;

import dev.longe.core.Fault;
import dev.longe.sandbox.Confinement;
import dev.longe.sandbox.ProcessSpec;
import dev.longe.sandbox.Sandbox;
import java.nio.file.Files;
import java.nio.file.LinkOption;
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
          "core.safecrlf=false",
          "advice.addEmbeddedRepo=false",
          "log.showSignature=false",
          "submodule.recurse=false",
          "gc.auto=0",
          "maintenance.auto=false",
          "protocol.allow=never");

  private final Sandbox sandbox;
  private final Path directory;
  private final Map<String, String> environment;
  private final boolean contained;
  private final List<Confinement.Overlay> mounts;

  private Git(
      Sandbox sandbox,
      Path directory,
      Map<String, String> environment,
      boolean contained,
      List<Confinement.Overlay> mounts) {
    this.sandbox = sandbox;
    this.directory = directory;
    this.environment = environment;
    this.contained = contained;
    this.mounts = mounts;
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
    all.put("GIT_OPTIONAL_LOCKS", "0"); // a status does not write the user's index
    return new Git(sandbox, directory, Map.copyOf(all), false, List.of());
  }

  Git at(Path other) {
    return new Git(sandbox, other, environment, contained, mounts);
  }

  /** The same commands, for which an overlay is mounted. */
  Git mounting(Confinement.Overlay overlay) {
    return new Git(sandbox, directory, environment, contained, List.of(overlay));
  }

  /** The same commands; each ends with this process, however that ends. */
  Git contained() {
    return new Git(sandbox, directory, environment, true, mounts);
  }

  Git with(String name, Object value) {
    Map<String, String> all = new HashMap<>(environment);
    all.put(name, value.toString());
    return new Git(sandbox, directory, Map.copyOf(all), contained, mounts);
  }

  /**
   * These commands without the user's and the system's configuration and attributes, so that they
   * know no filter, driver or hook. The git directory must be one of the harness's own.
   */
  Git isolated() {
    return with("GIT_CONFIG_NOSYSTEM", "1")
        .with("GIT_CONFIG_GLOBAL", "/dev/null")
        .with("GIT_ATTR_NOSYSTEM", "1");
  }

  /** These commands with settings that have precedence over all configuration. */
  Git configured(Map<String, String> settings) {
    Git all = with("GIT_CONFIG_COUNT", settings.size());
    int n = 0;
    for (Map.Entry<String, String> setting : settings.entrySet()) {
      all =
          all.with("GIT_CONFIG_KEY_" + n, setting.getKey())
              .with("GIT_CONFIG_VALUE_" + n, setting.getValue());
      n++;
    }
    return all;
  }

  /** Runs another program with the same directory and environment. */
  Result tool(String... argv) {
    return start(List.of(argv), "");
  }

  /**
   * Deletes a directory, if it exists, by programs that go down one directory after the other:
   * paths can be longer than a program can open. Follows no link.
   *
   * @throws Fault if something of it can't be deleted
   */
  void delete(Path root) {
    if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    String path = root.toString();
    if (!tool("rm", "-rf", "--", path).ok()) {
      Result _ = tool("chmod", "-R", "u+rwX", "--", path);
      Result again = tool("rm", "-rf", "--", path);
      if (!again.ok()) {
        throw new Fault("The workspace " + root + " can't be removed: " + again.error().strip());
      }
    }
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
    return start(argv, input);
  }

  private Result start(List<String> argv, String input) {
    Sandbox.Outcome outcome =
        sandbox.run(
            new ProcessSpec(
                Sandbox.mounted(argv, mounts),
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

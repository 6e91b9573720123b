package dev.longe.e2e;

import static dev.longe.testing.World.script;
import static dev.longe.testing.World.write;

import dev.longe.sandbox.RunningProcess;
import dev.longe.testing.World;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The real git behind a script that counts the calls and halts before or after one of them, so that
 * a test can kill everything at this moment.
 */
final class StoppingGit {
  private final Path directory;

  StoppingGit(Path directory) {
    this.directory = directory;
    World.make(directory.resolve("bin"));
    String real = World.shell(directory, "mkfifo never; touch calls; command -v git");
    script(
        directory.resolve("bin/git"),
        """
        halt() {
          if [ "$(cat '%1$s/halt' 2>/dev/null)" = "$1" ]; then
            rm -f '%1$s/halt'
            touch '%1$s/reached'
            read -r _ < '%1$s/never'
          fi
        }
        exec 9>> '%1$s/calls'
        flock 9
        echo "$*" >&9
        n=$(wc -l < '%1$s/calls')
        exec 9>&-
        halt "$n before"
        '%2$s' "$@"
        status=$?
        halt "$n after"
        exit $status
        """
            .formatted(directory, real));
  }

  /** The variables under which {@code longe} uses this git. */
  Map<String, String> variables() {
    return Map.of("PATH", directory.resolve("bin") + ":" + World.ENVIRONMENT.all().get("PATH"));
  }

  /** The arguments of the last call. */
  String last() {
    return World.read(directory.resolve("calls")).lines().reduce("", (_, later) -> later);
  }

  /** How often git was called so far. */
  int calls() {
    return (int) World.read(directory.resolve("calls")).lines().count();
  }

  /**
   * Halts at a call, counted from now on.
   *
   * @param moment {@code before} or {@code after}
   */
  void haltAt(int call, String moment) {
    write(directory.resolve("halt"), (calls() + call) + " " + moment);
  }

  /** Waits until the call is reached, or the process has ended before; then kills everything. */
  void killThere(RunningProcess process) {
    World.until(
        "the moment is reached",
        () -> Files.exists(directory.resolve("reached")) || process.ended());
    process.kill();
    World.shell(directory, "rm -f reached halt");
  }
}

package dev.longe.e2e;

import static dev.longe.testing.World.read;
import static dev.longe.testing.World.script;
import static dev.longe.testing.World.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.sandbox.Sandbox;
import dev.longe.testing.World;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An agent fills the disk that holds the trees of the tasks: a small one, in a mount namespace. */
@Timeout(120)
final class FullDiskIT {
  /** What a user does: runs a task, makes room, resumes it. */
  private static final String SCRIPT =
      """
      mount -t tmpfs -o size=16m none "$LONGE_HOME/work"
      RUN > first 2>&1
      echo $? > first.exit
      LS > tasks
      find "$LONGE_HOME/work" -name answer.txt -exec cat {} + > kept
      find "$LONGE_HOME/work" -name big -delete
      RESUME "$(cut -d' ' -f1 tasks)" > second 2>&1
      echo $? > second.exit
      """;

  @TempDir Path temp;

  /** A command line of Longe in the user's repository. */
  private static String longe(String... arguments) {
    return "env -C shop "
        + World.longe(arguments).stream().map(w -> "'" + w + "'").collect(Collectors.joining(" "));
  }

  @Test
  @Tag("I9")
  void task_saysItInOneSentence_keepsTheTree_andGoesOnWhenThereIsRoom() {
    Path agent =
        script(
            temp.resolve("agent.sh"),
            "echo 42 > answer.txt\n"
                + "if [ $LONGE_ATTEMPT = 1 ]; then head -c 60000000 /dev/zero > big; fi\n");
    Path _ = World.repository(temp.resolve("shop"), "answer.txt", "0\n");
    World.make(temp.resolve("home/work"));
    String run =
        longe("run", "Say 42", "--agent", "command:" + agent, "--check", "grep -qx 42 answer.tx?");
    Path script =
        write(
            temp.resolve("script.sh"),
            SCRIPT
                .replace("RUN", run)
                .replace("LS", longe("ls"))
                .replace("RESUME", longe("resume")));
    List<String> argv = new ArrayList<>(List.of(World.unshare("--mount").split(" ")));
    String home = "LONGE_HOME=" + temp.resolve("home");
    argv.addAll(List.of("env", home, "LONGE_SANDBOX=none", "bash", script.toString()));
    Sandbox.Outcome outcome =
        World.SANDBOX.run(World.SANDBOX.plain(argv, temp, Duration.ofSeconds(100)));
    assertThat(outcome.exit().ok()).as(outcome.error()).isTrue();
    assertThat(read(temp.resolve("first")))
        .contains("can't be written: No space left on device", "stopped (fault");
    assertThat(read(temp.resolve("first.exit"))).isEqualTo("1\n");
    assertThat(read(temp.resolve("tasks"))).contains("stopped");
    assertThat(read(temp.resolve("kept"))).contains("42");
    assertThat(read(temp.resolve("second"))).contains("proposed");
    assertThat(read(temp.resolve("second.exit"))).isEqualTo("0\n");
  }
}

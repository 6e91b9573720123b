package dev.longe.e2e;

import static dev.longe.testing.World.git;
import static dev.longe.testing.World.read;
import static dev.longe.testing.World.script;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.cli.Terminal;
import dev.longe.sandbox.RunningProcess;
import dev.longe.testing.World;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Everything is killed, git included, at twenty moments of a task's life; the next start finishes
 * the task.
 */
@Timeout(120)
final class KilledIT {
  /** Moments are spread over this many calls of git; a run makes a few more. */
  private static final int RUN_CALLS = 36;

  private static final int LANDING_CALLS = 24;
  private static final int RUN_MOMENTS = 12;
  private static final int LANDING_MOMENTS = 8;

  @TempDir Path temp;

  static Stream<String> moments() {
    return Stream.concat(
        spread("run", RUN_CALLS, RUN_MOMENTS), spread("accept", LANDING_CALLS, LANDING_MOMENTS));
  }

  private static Stream<String> spread(String command, int calls, int moments) {
    return Stream.iterate(0, i -> i < moments, i -> i + 1)
        .map(i ->
            command + " " + (1 + i * calls / moments) + " " + (i % 2 == 0 ? "before" : "after"));
  }

  @ParameterizedTest
  @MethodSource("moments")
  @Tag("F1")
  @Tag("F14")
  @Tag("I9")
  @Tag("I12")
  void killedAtAnyMoment_isFinishedByTheNextStart(String moment) {
    List<String> at = List.of(moment.split(" "));
    Path user =
        World.repository(
            temp.resolve("shop"),
            "answer.txt",
            "0\n",
            "check.sh",
            "grep -qx 42 answer.txt\n",
            ".longe/loops/default.md",
            "---\nagent: command:%s\nsetup: 'true'\nchecks: [{run: bash check.sh, red: true}]\n---\n{{task}}\n"
                .formatted(script(temp.resolve("agent.sh"), "echo 42 > answer.txt\n")));
    Terminal terminal = new Terminal(temp.resolve("home"), user);
    StoppingGit stopping = new StoppingGit(temp.resolve("git"));
    boolean landing = at.getFirst().equals("accept");
    if (landing) {
      assertThat(terminal.longe("run", "Make it 42").exit()).isZero();
    }
    stopping.haltAt(Integer.parseInt(at.get(1)), at.get(2));
    RunningProcess killed =
        landing
            ? Launched.longe(temp, user, stopping.variables(), "accept", terminal.task())
            : Launched.longe(temp, user, stopping.variables(), "run", "Make it 42");
    stopping.killThere(killed);
    String call = "killed at git " + stopping.last();
    JsonNode tasks = terminal.json("ls", "-a", "--json");
    if (tasks.isEmpty()) {
      assertThat(terminal.longe("run", "Make it 42").exit()).isZero(); // it was not submitted yet
    }
    Terminal.Said served = terminal.longe("serve", "--until-idle");
    assertThat(served.exit()).as(served.err()).isZero();
    String state = terminal.state(only(terminal)).state().word();
    if (!state.equals("landed")) {
      assertThat(state)
          .as(call + "; " + terminal.state(only(terminal)).note())
          .isEqualTo("proposed");
      Terminal.Said said = terminal.longe("accept", only(terminal));
      assertThat(said.exit()).as(said.err()).isZero();
    }
    assertThat(read(user.resolve("answer.txt"))).isEqualTo("42\n");
    assertThat(git(user, "status", "--porcelain")).isEmpty();
    assertThat(git(user, "log", "--format=%s", "main").lines())
        .containsExactly("Make it 42", "base");
    assertThat(git(user, "for-each-ref", "refs/longe")).isEmpty();
    assertThat(user.resolve(".git/longe.landing")).doesNotExist();
  }

  private static String only(Terminal terminal) {
    JsonNode tasks = terminal.json("ls", "-a", "--json");
    assertThat(tasks).hasSize(1);
    return tasks.get(0).path("id").asString();
  }
}

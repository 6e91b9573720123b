package dev.longe.e2e;

import static dev.longe.testing.World.read;
import static dev.longe.testing.World.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.cli.Terminal;
import dev.longe.core.Reason;
import dev.longe.core.State;
import dev.longe.sandbox.RunningProcess;
import dev.longe.testing.World;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A setup runs once for all tasks with the same base. */
@Timeout(120)
@Tag("I9")
final class PreparedBaseIT {
  private static final Map<String, String> CONFINED = Map.of("LONGE_SANDBOX", "auto");

  @TempDir Path temp;
  private Path user;
  private Terminal terminal;

  @BeforeEach
  void repository() {
    write(temp.resolve("agent.yaml"), "attempts: [[run: 'cat .venv/at; echo 42 > answer.txt']]\n");
    user =
        World.repository(
            temp.resolve("user"),
            ".gitignore",
            ".venv/\n",
            "answer.txt",
            "0\n",
            ".longe/loops/default.md",
            loop("mkdir .venv; pwd > .venv/at; date +%s%N > .venv/when"));
    terminal = new Terminal(temp.resolve("home"), user, CONFINED);
  }

  private String loop(String setup) {
    return keyed("\"" + setup + "\"");
  }

  private String keyed(String setup) {
    return """
    ---
    agent: script:%s
    setup: %s
    checks:
      - {name: answer, run: "grep -qx 42 answer*"}
      - {name: place, run: 'test "$(cat .venv/at)" = "$PWD"; cat .venv/when'}
    ---
    {{task}}
    """
        .formatted(temp.resolve("agent.yaml"), setup);
  }

  private void passes(String text) {
    Terminal.Said said = terminal.longe("run", text);
    assertThat(said.exit()).as(said.out() + said.err()).isZero();
  }

  /** What the checks of all tasks printed: when the setup ran. */
  private List<String> setups() {
    return World.shell(temp.resolve("home/receipts"), "zcat */*-2.gz").lines().distinct().toList();
  }

  private JsonNode bases(String... more) {
    return terminal.json(
        Stream.concat(Stream.of("gc", "--json"), Stream.of(more)).toArray(String[]::new));
  }

  @Test
  void setup_runsOnceForTasksAfterOneAnother_andAtOnce() {
    passes("Write the answer");
    passes("Write it again");
    assertThat(setups()).hasSize(1);

    World.git(user, "commit", "-q", "--allow-empty", "-m", "another base");
    List<RunningProcess> both =
        List.of("one", "two").stream()
            .map(t -> Launched.longe(temp, user, CONFINED, "run", "Write " + t))
            .toList();
    both.forEach(p -> assertThat(p.await().ok()).isTrue());
    assertThat(setups()).hasSize(2);
    assertThat(World.git(user, "status", "--porcelain")).isEmpty();
    assertThat(user.resolve(".venv")).doesNotExist();
  }

  /** The setup depends on a file; a change of anything else does not run it again. */
  @Test
  @Tag("I3")
  void namedInputs_decideWhetherTheSetupRunsForANewCommit() {
    String setup =
        "{run: 'mkdir .venv; cp lock .venv/at; pwd > .venv/at; date +%s%N > .venv/when; echo 1 >"
            + " tracked', key: [lock]}";
    write(user.resolve(".longe/loops/default.md"), keyed(setup));
    write(user.resolve("lock"), "1\n");
    write(user.resolve("tracked"), "0\n");
    commit("keyed");
    passes("Write the answer");
    write(user.resolve("other"), "more\n");
    World.git(user, "rm", "-q", "answer.txt");
    commit("another file");
    passes("Write the answer again");
    assertThat(setups()).as("another file was changed").hasSize(1);
    assertThat(terminal.state().candidate().orElseThrow().files()).containsExactly("answer.txt");
    for (JsonNode task : terminal.json("ls", "--json")) {
      assertThat(terminal.longe("discard", task.path("id").asString()).exit()).isZero();
    }
    passes("Write the answer on the second base");
    assertThat(setups()).hasSize(1);

    write(user.resolve("tracked"), "2\n");
    commit("a file that the setup writes as well");
    passes("Write the answer on the third base");
    assertThat(setups()).as("the setup has written the changed file").hasSize(2);

    write(user.resolve("lock"), "2\n");
    commit("the file that the setup depends on");
    passes("Write the answer on the fourth base");
    assertThat(setups()).as("its input was changed").hasSize(3);
    assertThat(bases("--all").path("kept").size()).isGreaterThan(1);
  }

  private void commit(String what) {
    World.git(user, "add", "-A");
    World.git(user, "commit", "-qm", what);
  }

  /** The network and the programs of the machine may have changed. */
  @Test
  @Tag("I3")
  void setupThatRanLongAgo_orWithAnotherProgram_runsAgain() {
    Path npm = installs();
    passes("Write the answer");
    World.shell(
        temp.resolve("home/bases"),
        "for f in */setup.offered; do { head -1 $f; date -u -d '8 days ago' +%FT%TZ; } > new; mv"
            + " new $f; done");
    World.git(user, "commit", "-q", "--allow-empty", "-m", "after a week");
    passes("Write the answer after a week");
    assertThat(setups()).hasSize(2);
    World.git(user, "commit", "-q", "--allow-empty", "-m", "soon after");
    passes("Write the answer soon after");
    assertThat(setups()).hasSize(2);
    World.script(npm, read(npm).replaceFirst(".*\n", "") + "# another release\n");
    World.git(user, "commit", "-q", "--allow-empty", "-m", "with another npm");
    passes("Write the answer with another npm");
    assertThat(setups()).hasSize(3);
  }

  /** A repository in which the setup is {@code npm ci}, and depends on two files. */
  private Path installs() {
    Path npm = temp.resolve("bin/npm");
    World.script(npm, "mkdir -p .venv; pwd > .venv/at; date +%s%N > .venv/when; echo ran npm $1\n");
    Map<String, String> variables = new HashMap<>(CONFINED);
    variables.put("PATH", npm.getParent() + ":" + System.getenv("PATH"));
    terminal = new Terminal(temp.resolve("home"), user, variables);
    write(
        user.resolve(".longe/loops/default.md"),
        keyed("{run: npm ci, key: [package.json, package-lock.json]}"));
    write(user.resolve("package.json"), "{\"scripts\": {\"test\": \"true\"}}\n");
    write(user.resolve("package-lock.json"), "{\"lockfileVersion\": 3}\n");
    commit("npm");
    return npm;
  }

  /** Of two tasks that need the same base, one prepares it; the other goes on if that one stops. */
  @Test
  @Tag("I12")
  void setupThatRuns_isShown_andEndedByAStop_andTheTaskThatWaitsRunsItItself() {
    String mark = Long.toString(System.nanoTime());
    write(
        user.resolve(".longe/loops/default.md"),
        loop("mkdir .venv; echo fetching; echo 12 of 200 packages; sleep " + mark));
    commit("slow setup");
    RunningProcess one = Launched.longe(temp, user, CONFINED, "run", "Write one");
    World.until("the setup runs", () -> !World.withArgument(mark).isEmpty());
    List<Long> first = World.withArgument(mark);
    String task = terminal.task();
    World.until("it has printed", () -> terminal.longe("show", task).out().contains("12 of 200"));
    assertThat(terminal.longe("show", task).out())
        .contains("Setup: mkdir .venv; echo fetching")
        .contains("the setup has run for ")
        .contains(": 12 of 200 packages\n  tail -f " + temp.resolve("home/work"));
    assertThat(terminal.longe("log", task).out()).contains("12 of 200 packages");
    assertThat(terminal.longe("ls").out()).contains("preparing");

    RunningProcess two = Launched.longe(temp, user, CONFINED, "run", "Write two");
    World.until("both are there", () -> terminal.json("ls", "--json").size() == 2);
    String waiting = other(task);
    World.until(
        "the other one waits too", () -> terminal.state(waiting).state() == State.PREPARING);
    assertThat(terminal.longe("stop", task).exit()).isZero();
    assertThat(first).noneMatch(World::alive);
    assertThat(terminal.longe("show", task).out()).doesNotContain("the setup has run");
    var _ = one.await();
    World.until("the other one runs it", () -> !World.withArgument(mark).isEmpty());
    assertThat(terminal.longe("stop", waiting).exit()).isZero();
    assertThat(World.withArgument(mark)).isEmpty();
    var _ = two.await();
    assertThat(terminal.state(task).reason()).contains(Reason.STOPPED_BY_USER);
    assertThat(terminal.state(waiting).reason()).contains(Reason.STOPPED_BY_USER);
  }

  /** An agent may write in the second in which the base was made, and the snapshot comes later. */
  @Test
  @Tag("I9")
  void fileOfTheSameSize_writtenInTheSecondOfTheBase_isSaved() {
    write(temp.resolve("agent.yaml"), "attempts: [[run: 'echo 42 > answer.txt; sleep 1']]\n");
    write(user.resolve("answer.txt"), "40\n");
    write(
        user.resolve(".longe/loops/default.md"),
        keyed("{run: 'mkdir .venv; pwd > .venv/at; date > .venv/when', key: [nothing]}"));
    commit("an answer of the same size");
    for (int i = 0; i < 5; i++) {
      World.git(user, "commit", "-q", "--allow-empty", "-m", "base " + i);
      passes("Write the answer");
      assertThat(terminal.longe("discard", proposed()).exit()).isZero();
    }
  }

  private String proposed() {
    for (JsonNode row : terminal.json("ls", "--json")) {
      if (row.path("state").asString().equals("proposed")) {
        return row.path("id").asString();
      }
    }
    throw new AssertionError("no task is proposed");
  }

  private String other(String task) {
    for (JsonNode row : terminal.json("ls", "--json")) {
      if (!row.path("id").asString().equals(task)) {
        return row.path("id").asString();
      }
    }
    throw new AssertionError("there is no other task");
  }

  @Test
  void basesInUse_areKept_andOthersCollected() {
    passes("Write the answer");
    assertThat(bases("--all").path("kept")).hasSize(1);
    assertThat(terminal.longe("gc").out()).contains("in use").contains("0 prepared bases deleted");
    World.git(user, "commit", "-q", "--allow-empty", "-m", "another base");
    passes("Write it on the next base");
    for (JsonNode task : terminal.json("ls", "--json")) {
      assertThat(terminal.longe("discard", task.path("id").asString()).exit()).isZero();
    }
    assertThat(bases().path("kept")).hasSize(2);
    assertThat(bases("--all").path("deleted"))
        .as("one is written as the difference from the other")
        .hasSize(2);
    assertThat(terminal.longe("doctor").out()).contains("overlays on prepared bases (0 here");
    assertThat(terminal.longe("gc", "--unused-for", "soon").err()).contains("--unused-for");
  }

  @Test
  @Tag("F1")
  void setupThatFails_orIsKilled_leavesNothing() {
    write(user.resolve(".longe/loops/default.md"), loop("mkdir .venv; echo no network; exit 3"));
    World.git(user, "commit", "-qam", "bad setup");
    Terminal.Said said = terminal.longe("run", "Write the answer");
    assertThat(said.out() + said.err())
        .contains("The setup of your loop failed")
        .contains("exit 3");
    String mark = Long.toString(System.nanoTime());
    write(user.resolve(".longe/loops/default.md"), loop("mkdir .venv; sleep " + mark));
    World.git(user, "commit", "-qam", "slow setup");
    RunningProcess run = Launched.longe(temp, user, CONFINED, "run", "Write slowly");
    World.until("the setup runs", () -> !World.withArgument(mark).isEmpty());
    var _ = run.kill();
    World.until("the setup has ended", () -> World.withArgument(mark).isEmpty());
    for (JsonNode task : terminal.json("ls", "--json")) {
      assertThat(terminal.longe("show", task.path("id").asString()).out())
          .doesNotContain("the setup has run");
    }
    write(
        user.resolve(".longe/loops/default.md"),
        loop("mkdir .venv; pwd > .venv/at; touch .venv/when"));
    World.git(user, "commit", "-qam", "good setup");
    passes("Write at last");
  }

  /** The harness writes files for such an agent: outside, where the user's own files are. */
  @Test
  @Tag("I10")
  void agentThatTheHarnessWritesFor_hasAnOrdinaryTree() {
    terminal.longe(
        "run",
        "Write the answer",
        "--agent",
        "acp:" + World.script(temp.resolve("silent.sh"), "exit 3\n"));
    String task = terminal.task();
    assertThat(temp.resolve("home/work").resolve(task).resolve("clone/.venv/at")).exists();
    assertThat(temp.resolve("home/bases")).doesNotExist();
  }

  /** Also while the task is open: its trees are made anew as ordinary ones. */
  @Test
  @Tag("I13")
  void withoutOverlays_treesAreOrdinary_andConfined() {
    passes("Write the answer");
    Terminal without =
        new Terminal(temp.resolve("home"), user, Map.of("LONGE_SANDBOX", "no-overlays"));
    Terminal.Said said = without.longe("reject", terminal.task(), "--because", "see what there is");
    assertThat(said.exit()).as(said.out() + said.err()).isZero();
    assertThat(said.err()).doesNotContain("not confined");
    Path work = temp.resolve("home/work").resolve(terminal.task());
    assertThat(read(work.resolve("clone/answer.txt"))).isEqualTo("42\n");
    assertThat(read(work.resolve("clone/.venv/at"))).isEqualTo(work.resolve("clone") + "\n");
    assertThat(without.longe("doctor").out())
        .contains("overlays   confined processes can only read package caches")
        .contains("LONGE_SANDBOX=no-overlays is set")
        .contains("trees      copies; the setup runs for each task");
  }

  /** Trees of the other kind are made anew from the newest candidate, with the setup. */
  @Test
  void taskGoesOn_whereConfinementIsTurnedOff_andOnAgain() {
    write(
        temp.resolve("agent.yaml"),
        "attempts: [[run: 'echo 42 > answer.txt'], [run: 'cat answer.txt > x'], [run: 'cat x >"
            + " y']]\n");
    passes("Write the answer");
    String task = terminal.task();
    Terminal open = new Terminal(temp.resolve("home"), user, Map.of("LONGE_SANDBOX", "none"));
    Terminal.Said first = open.longe("reject", task, "--because", "write x");
    assertThat(first.exit()).as(first.out() + first.err()).isZero();
    Terminal.Said second = terminal.longe("reject", task, "--because", "write y");
    assertThat(second.exit()).as(second.out() + second.err()).isZero();
    assertThat(terminal.state().candidate().orElseThrow().files())
        .containsExactly("answer.txt", "x", "y");
    assertThat(setups()).hasSize(2);
  }
}

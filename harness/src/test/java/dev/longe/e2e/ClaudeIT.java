package dev.longe.e2e;

import static dev.longe.testing.World.git;
import static dev.longe.testing.World.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.cli.Terminal;
import dev.longe.core.Attempt;
import dev.longe.core.Cost;
import dev.longe.core.Stop;
import dev.longe.core.TaskState;
import dev.longe.sandbox.RunningProcess;
import dev.longe.testing.ModelServer;
import dev.longe.testing.ModelServer.Turn;
import dev.longe.testing.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real Claude Code CLI, on the path, against a scripted model. */
@Timeout(180)
final class ClaudeIT {
  @TempDir Path temp;
  private Path user;
  private ModelServer model;
  private Map<String, String> variables;
  private Terminal terminal;
  private final String mark = "473" + System.nanoTime();

  @BeforeEach
  void world() throws IOException {
    model = new ModelServer();
    user =
        World.repository(
            temp.resolve("shop"), "answer.txt", "0\n", "check.sh", "grep -qx 42 answer.txt\n");
    variables =
        Map.of(
            "ANTHROPIC_BASE_URL",
            model.url(),
            "ANTHROPIC_API_KEY",
            "sk-ant-scripted-key",
            "CLAUDE_CONFIG_DIR",
            temp.resolve("claude").toString(),
            "ANTHROPIC_MODEL",
            "claude-opus-5-5");
    terminal = new Terminal(temp.resolve("home"), user, variables);
  }

  @AfterEach
  void end() {
    model.close();
  }

  private String clone(String file) {
    return temp.resolve("home/work")
        .resolve(terminal.task())
        .resolve("clone")
        .resolve(file)
        .toString();
  }

  private static Turn bash(String line) {
    return new Turn.Calls("Bash", Map.of("command", line, "description", "work"));
  }

  private Terminal.Said run(String... more) {
    java.util.List<String> all =
        new java.util.ArrayList<>(
            java.util.List.of(
                "run", "Make the answer right", "--agent", "claude", "--check", "bash check.sh"));
    all.addAll(java.util.List.of(more));
    return terminal.longe(all.toArray(String[]::new));
  }

  @Test
  void claimRefused_sameSession_freshWithHandOver_acceptedAndLanded() {
    model.plays(
        new Turn.Says("All tests pass now."),
        new Turn.Says("Really done."),
        bash("echo 42 > answer.txt"),
        new Turn.Says("Wrote it."));
    Terminal.Said said = run("--moves", "continue 1, fresh 1, ask");
    assertThat(said.out()).contains("proposed");
    assertThat(said.exit()).isZero();
    TaskState task = terminal.state();
    assertThat(task.attempts().stream().map(Attempt::session)).containsExactly(1, 1, 2);
    assertThat(model.request(1)).contains("Make the answer right").contains("Not done yet");
    assertThat(model.request(2)).contains("Tried before").doesNotContain("Really done");
    assertThat(task.spent().tokens().input())
        .isEqualTo((long) model.answered() * ModelServer.INPUT);
    assertThat(task.spent().tokens().output())
        .isEqualTo((long) model.answered() * ModelServer.OUTPUT);
    assertThat(task.spent().cost()).isInstanceOf(Cost.Reported.class);
    assertThat(task.spent().cost().known().micros()).isPositive();
    assertThat(terminal.longe("accept", terminal.task()).exit()).isZero();
    assertThat(read(user.resolve("answer.txt"))).isEqualTo("42\n");
    assertThat(git(user, "log", "-1", "--format=%B"))
        .contains("Assisted-by: claude:claude-opus-5-5");
  }

  private RunningProcess background(String... arguments) {
    return Launched.longe(temp, user, variables, arguments);
  }

  private RunningProcess working() {
    model.plays(
        bash("touch working; while [ ! -e go ]; do sleep 0.1; done; rm -f go working; : " + mark),
        bash("echo 42 > answer.txt"),
        new Turn.Says("Done."));
    RunningProcess run =
        background("run", "Make the answer right", "--agent", "claude", "--check", "bash check.sh");
    World.until("a task is there", () -> terminal.json("ls", "--json").size() == 1);
    World.until("the tool runs", () -> Files.exists(Path.of(clone("working"))));
    return run;
  }

  @Test
  void steer_arrivesWhileItWorks() {
    RunningProcess run = working();
    assertThat(terminal.longe("steer", terminal.task(), "mind the gap").exit()).isZero();
    World.write(Path.of(clone("go")), "");
    assertThat(run.await().status()).isZero();
    assertThat(terminal.state().attempts()).hasSize(1);
    assertThat(model.requests.stream().map(r -> r.path("messages").toString()))
        .anyMatch(m -> m.contains("mind the gap"));
  }

  @Test
  void stop_leavesNothingAlive() {
    RunningProcess run = working();
    assertThat(terminal.longe("stop", terminal.task()).exit()).isZero();
    assertThat(World.withArgument("stream-json")).isEmpty();
    assertThat(run.await().status()).isEqualTo(13);
    assertThat(terminal.state().last().orElseThrow().stop()).contains(new Stop.Interrupted());
  }

  @Test
  void killedHarness_resumesTheSameSession() {
    RunningProcess run = working();
    run.kill();
    World.until("claude is gone", () -> World.withArgument("stream-json").isEmpty());
    World.write(Path.of(clone("go")), "");
    model.plays(bash("echo 42 > answer.txt"), new Turn.Says("Done."));
    assertThat(terminal.longe("resume", terminal.task()).exit()).isZero();
    TaskState task = terminal.state();
    assertThat(task.attempts().getFirst().stop()).contains(new Stop.Lost());
    assertThat(task.attempts().get(1).session()).isEqualTo(1);
    assertThat(model.requests.getLast().path("messages").toString())
        .contains("Make the answer right")
        .contains("interrupted from outside");
  }

  @Test
  void rateLimit_waitsForItsReset_burnsNoAttempt() {
    Instant reset = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(3600);
    model.plays(
        new Turn.Fails(
            429,
            Map.of(
                "anthropic-ratelimit-unified-status", "rejected",
                "anthropic-ratelimit-unified-reset", Long.toString(reset.getEpochSecond()),
                "anthropic-ratelimit-unified-representative-claim", "five_hour",
                "anthropic-ratelimit-unified-5h-status", "rejected",
                "anthropic-ratelimit-unified-5h-reset", Long.toString(reset.getEpochSecond()),
                "retry-after", "3600")));
    // Only a subscription's log-in gets the reset time; with an API key the driver waits five
    // minutes.
    Map<String, String> subscription = new java.util.HashMap<>(variables);
    subscription.remove("ANTHROPIC_API_KEY");
    subscription.put("CLAUDE_CODE_OAUTH_TOKEN", "sk-ant-oat01-scripted-token");
    RunningProcess run =
        Launched.longe(
            temp, user, subscription, "run", "x", "--agent", "claude", "--check", "bash check.sh");
    World.until("a task is there", () -> terminal.json("ls", "--json").size() == 1);
    World.until("it waits", () -> terminal.state().state().word().equals("waiting"));
    run.kill();
    TaskState task = terminal.state();
    assertThat(task.attemptsCounted()).isZero();
    assertThat(task.until()).contains(reset);
  }

  @Test
  void badKey_asksTheHuman() {
    model.plays(new Turn.Fails(401, Map.of()));
    assertThat(run().exit()).isEqualTo(10);
    assertThat(terminal.state().reason().orElseThrow().code()).isEqualTo("agent-refused");
  }

  @Test
  void serverError_waits() {
    model.plays(new Turn.Fails(500, Map.of()));
    waitsForTheProvider();
  }

  @Test
  void refusedConnection_waits() {
    model.close();
    waitsForTheProvider();
  }

  private void waitsForTheProvider() {
    RunningProcess run = background("run", "x", "--agent", "claude", "--check", "bash check.sh");
    World.until("a task is there", () -> terminal.json("ls", "--json").size() == 1);
    World.until("it waits", () -> terminal.state().state().word().equals("waiting"));
    run.kill();
    assertThat(terminal.state().reason().orElseThrow().code()).isEqualTo("provider-down");
    assertThat(terminal.state().attemptsCounted()).isZero();
  }

  @Test
  void shutIn_itCanWriteItsCloneOnly() {
    model.plays(
        bash("echo 42 > answer.txt; echo x > " + user + "/stray.txt; echo x > $HOME/stray-" + mark),
        new Turn.Says("Done."));
    assertThat(run("--sandbox", "bubblewrap").exit()).isZero();
    assertThat(user.resolve("stray.txt")).doesNotExist();
    assertThat(Path.of(System.getProperty("user.home"), "stray-" + mark)).doesNotExist();
  }
}

package dev.longe.e2e;

import static dev.longe.testing.World.read;
import static dev.longe.testing.World.script;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.cli.Terminal;
import dev.longe.core.Attempt;
import dev.longe.core.Event;
import dev.longe.core.Money;
import dev.longe.core.State;
import dev.longe.core.Stop;
import dev.longe.core.TaskId;
import dev.longe.sandbox.RunningProcess;
import dev.longe.testing.Mailbox;
import dev.longe.testing.World;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Several processes of Longe on one journal, and one that is killed. */
@Timeout(120)
final class ProcessesTest {
  @TempDir Path temp;
  @RegisterExtension final Mailbox mailbox = new Mailbox();
  private Path user;
  private Terminal terminal;
  private final String mark = "471" + System.nanoTime();

  @BeforeEach
  void repository() {
    user =
        World.repository(
            temp.resolve("repo"), "answer.txt", "0\n", "check.sh", "grep -qx 42 answer.txt\n");
    terminal = new Terminal(temp.resolve("home"), user);
  }

  /** Works until {@link #go}, with a daemon and a child that ignores termination. */
  private String slowAgent() {
    return "command:'"
        + script(
            temp.resolve("agent.sh"),
            """
            cat | %1$s
            echo partial > partial.txt
            (setsid bash -c "trap '' TERM; sleep %2$s" &)
            echo "$LONGE_ATTEMPT $LONGE_SESSION" | %3$s
            %4$s
            rm -f partial.txt
            echo 42 > answer.txt
            """
                .formatted(
                    mailbox.put("prompt.$LONGE_ATTEMPT"),
                    mark,
                    mailbox.put("working"),
                    mailbox.await("go")))
        + "'";
  }

  private RunningProcess longe(String... arguments) {
    return Launched.longe(temp, user, Map.of(), arguments);
  }

  private RunningProcess running() {
    RunningProcess run =
        longe("run", "Make it right", "--agent", slowAgent(), "--check", "bash check.sh");
    World.until("the agent works", () -> mailbox.has("working"));
    World.until("its daemon stands", () -> !World.withArgument(mark).isEmpty());
    World.until(
        "its session is in the journal",
        () -> terminal.state().last().flatMap(Attempt::agentSession).isPresent());
    return run;
  }

  private void go() {
    mailbox.allow("go");
  }

  @Test
  @Tag("F1")
  @Tag("I12")
  @Tag("I9")
  void killedHarness_leavesNoProcess_andItsTaskGoesOn() {
    RunningProcess run = running();
    run.kill();
    World.until("nothing of the agent is alive", () -> World.withArgument(mark).isEmpty());
    go();
    assertThat(terminal.longe("resume", terminal.task()).exit()).isZero();
    assertThat(terminal.state().attempts().getFirst().stop()).contains(new Stop.Lost());
    assertThat(mailbox.text("working"))
        .isEqualTo("1 %1$s-1\n2 %1$s-1\n".formatted(terminal.task()));
    assertThat(mailbox.text("prompt.2")).contains("interrupted from outside");
  }

  @Test
  @Tag("F1")
  @Tag("D33")
  void killedHarness_resumedWithNewLimits_keepsThem_andIsLeftToServe() {
    RunningProcess run = running();
    run.kill();
    World.until("nothing of the agent is alive", () -> World.withArgument(mark).isEmpty());
    Terminal.Said said = terminal.longe("resume", terminal.task(), "--money", "$77", "--detach");
    assertThat(said.exit()).as(said.toString()).isZero();
    assertThat(said.out()).contains("The next «longe serve» continues the task.");
    assertThat(terminal.state().limits().money()).isEqualTo(new Money(77_000_000));
    assertThat(terminal.longe("resume", terminal.task(), "--detach").exit()).isZero();
    assertThat(terminal.state().attempts()).hasSize(1);
    go();
    assertThat(terminal.longe("serve", "--until-idle").exit()).isZero();
    assertThat(terminal.state().state()).isEqualTo(State.PROPOSED);
  }

  @Test
  @Tag("I12")
  void stop_returnsWhenNothingIsAlive_andKeepsTheWork() {
    RunningProcess run = running();
    assertThat(terminal.longe("stop", terminal.task()).exit()).isZero();
    assertThat(World.withArgument(mark)).isEmpty();
    assertThat(run.await().status()).isEqualTo(13);
    assertThat(terminal.state().candidate().orElseThrow().files()).containsExactly("partial.txt");
    go();
    assertThat(terminal.longe("resume", terminal.task()).exit()).isZero();
  }

  @Test
  @Tag("I14")
  void pause_endsTheAttempt_resumeGoesOn_fromAnotherProcess() {
    RunningProcess run = running();
    assertThat(terminal.longe("pause", terminal.task()).exit()).isZero();
    assertThat(World.withArgument(mark)).isEmpty();
    World.until("it waits", () -> terminal.state().state().word().equals("waiting"));
    assertThat(terminal.longe("steer", terminal.task(), "mind the gap").exit()).isZero();
    go();
    assertThat(terminal.longe("resume", terminal.task()).exit()).isZero();
    assertThat(run.await().status()).isZero();
    assertThat(mailbox.text("prompt.2")).contains("mind the gap");
    assertThat(terminal.state().attempts().get(1).session()).isEqualTo(1);
  }

  @Test
  void discardWhileItRuns_isRefused() {
    RunningProcess run = running();
    Terminal.Said said = terminal.longe("discard", terminal.task());
    assertThat(said.exit()).isEqualTo(2);
    assertThat(said.err()).contains("stop it before");
    go();
    assertThat(run.await().status()).isZero();
  }

  @Test
  void severalRuns_shareOneJournal() {
    go();
    String agent = slowAgent();
    List<RunningProcess> runs =
        List.of(
            longe("run", "one", "--agent", agent, "--check", "bash check.sh"),
            longe("run", "two", "--agent", agent, "--check", "bash check.sh"),
            longe("run", "three", "--agent", agent, "--check", "bash check.sh"));
    assertThat(runs).allSatisfy(r -> assertThat(r.await().status()).isZero());
    assertThat(terminal.json("ls", "--json")).hasSize(3);
  }

  @Test
  @Tag("I11")
  void servedTask_takesWordsFromOtherProcesses() {
    RunningProcess serve = longe("serve");
    assertThat(
            terminal
                .longe("submit", "x", "--agent", slowAgent(), "--check", "bash check.sh")
                .exit())
        .isZero();
    World.until("the agent works", () -> mailbox.has("working"));
    assertThat(terminal.longe("steer", terminal.task(), "left").exit()).isZero();
    go();
    World.until("it is proposed", () -> terminal.state().state().word().equals("proposed"));
    assertThat(terminal.longe("accept", terminal.task()).exit()).isZero();
    assertThat(read(user.resolve("answer.txt"))).isEqualTo("42\n");
    serve.kill();
    try (Terminal.Opened app = terminal.open()) {
      assertThat(app.journal().entries(new TaskId(terminal.task())))
          .anyMatch(e -> e.event() instanceof Event.Steered s && !s.delivered());
    }
  }
}

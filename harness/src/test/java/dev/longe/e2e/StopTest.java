package dev.longe.e2e;

import static dev.longe.testing.World.git;
import static dev.longe.testing.World.read;
import static dev.longe.testing.World.script;
import static dev.longe.testing.World.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.cli.Terminal;
import dev.longe.sandbox.RunningProcess;
import dev.longe.testing.World;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A stop while checks of a landing run, and where the machine has no process namespaces. */
@Timeout(120)
final class StopTest {
  @TempDir Path temp;
  private Path user;
  private final String mark = "473" + System.nanoTime();

  @BeforeEach
  void repository() {
    user =
        World.repository(
            temp.resolve("shop"),
            "answer.txt",
            "0\n",
            "slow",
            "no\n",
            "check.sh",
            "if grep -q yes slow; then sleep " + mark + "; fi\ngrep -qx 42 answer.txt\n");
  }

  private String agent() {
    return "command:" + script(temp.resolve("agent.sh"), "echo 42 > answer.txt\n");
  }

  /** Variables under which programs are found, but none that makes namespaces. */
  private Map<String, String> withoutNamespaces() {
    World.make(temp.resolve("bin"));
    World.shell(
        temp,
        "for p in bash sh git setsid sleep cat grep find rm chmod cp; do"
            + " printf '#!/bin/sh\\nexec %s \"$@\"\\n' \"$(command -v $p)\" > bin/$p; done;"
            + " chmod +x bin/*");
    return Map.of("PATH", temp.resolve("bin").toString());
  }

  private boolean runs() {
    return !World.withArgument(mark).isEmpty();
  }

  private void wake() {
    World.withArgument(mark)
        .forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
  }

  @Test
  @Tag("I12")
  @Tag("D32")
  void checksOfALanding_areEnded_andTheTaskStaysProposed() {
    Terminal terminal = new Terminal(temp.resolve("home"), user);
    assertThat(
            terminal.longe("run", "Say 42", "--agent", agent(), "--check", "bash check.sh").exit())
        .isZero();
    write(user.resolve("slow"), "yes\n");
    git(user, "commit", "-qam", "checks take long from now on");
    RunningProcess accepting = Launched.longe(temp, user, Map.of(), "accept", terminal.task());
    World.until("the check of the merged commit runs", this::runs);
    assertThat(terminal.longe("stop", terminal.task()).exit()).isZero();
    assertThat(runs()).isFalse();
    assertThat(accepting.await().status()).isEqualTo(2);
    assertThat(terminal.state().state().word()).isEqualTo("proposed");
    assertThat(terminal.state().note()).contains("stopped it before it had landed");
    assertThat(git(user, "log", "-1", "--format=%s")).isEqualTo("checks take long from now on");
    RunningProcess again = Launched.longe(temp, user, Map.of(), "accept", terminal.task());
    World.until(
        "it has landed",
        () -> {
          wake();
          return again.ended();
        });
    assertThat(read(user.resolve("answer.txt"))).isEqualTo("42\n");
  }

  @Test
  @Tag("I12")
  void withoutNamespaces_stopEndsWhatItFinds_andSaysWhatItCannotPromise() {
    Map<String, String> bare = withoutNamespaces();
    Terminal terminal = new Terminal(temp.resolve("home"), user, bare);
    RunningProcess run =
        Launched.longe(
            temp,
            user,
            bare,
            "run",
            "Say 42",
            "--agent",
            agent(),
            "--check",
            "(setsid sleep " + mark + " &); sleep " + mark);
    World.until("the check and its daemon run", () -> World.withArgument(mark).size() >= 2);
    Terminal.Said said = terminal.longe("stop", terminal.task());
    assertThat(runs()).isFalse();
    assertThat(said.exit()).isZero();
    assertThat(said.err()).contains("No process namespaces here").contains("may still run");
    assertThat(run.await().status()).isEqualTo(13);
  }

  /** Nobody works on the task any more, but its processes live. */
  @Test
  @Tag("I12")
  void withoutNamespaces_stopEndsWhatAKilledProcessHasLeft() {
    Map<String, String> bare = withoutNamespaces();
    Terminal terminal = new Terminal(temp.resolve("home"), user, bare);
    String text = "Say 42 for " + mark;
    RunningProcess run =
        Launched.longe(
            temp, user, bare, "run", text, "--agent", agent(), "--check", "sleep " + mark);
    World.until("the check runs", this::runs);
    List<Long> harness = World.withArgument(text);
    harness.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    World.until("only Longe itself was killed", run::ended);
    assertThat(runs()).isTrue();
    assertThat(terminal.longe("stop", terminal.task()).exit()).isZero();
    assertThat(runs()).isFalse();
    assertThat(terminal.state().state().word()).isEqualTo("stopped");
  }
}

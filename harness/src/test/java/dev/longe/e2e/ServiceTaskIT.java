package dev.longe.e2e;

import static dev.longe.testing.World.read;
import static dev.longe.testing.World.script;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.cli.Terminal;
import dev.longe.core.Verdict;
import dev.longe.sandbox.RunningProcess;
import dev.longe.testing.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks whose loop has services. */
@Timeout(60)
final class ServiceTaskIT {
  /** A server that is part of the repository: it answers with the answer. */
  private static final String SERVER =
      "echo \"serves on port $APP_PORT\"\n"
          + "while :; do cp answer.txt \"$LONGE_SERVICE_DIR/../served\"; sleep 0.05; done\n";

  @TempDir Path temp;
  private Path user;
  private Terminal terminal;
  private final String mark = "571" + System.nanoTime();

  @BeforeEach
  void places() {
    user = temp.resolve("shop");
    terminal = new Terminal(temp.resolve("home"), user);
  }

  /**
   * @param services the value of the key
   * @param check the command of the check
   */
  private void repository(String services, String check, String agent) {
    Path _ =
        World.repository(
            user,
            "answer.txt",
            "0\n",
            "server.sh",
            SERVER,
            ".longe/loops/default.md",
            "---\nagent: 'command:%s'\nservices: %s\nchecks: ['%s']\nmoves: [{continue: 2}]\n---\n{{task}}\n"
                .formatted(script(temp.resolve("agent.sh"), agent), services, check));
  }

  private Terminal.Said run() {
    return terminal.longe("run", "Serve 42");
  }

  private String receipt(String id) {
    Path file = temp.resolve("home/receipts").resolve(terminal.task()).resolve(id + ".gz");
    try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The agent breaks the server, is told so with the server's output, and repairs it. */
  @Test
  @Tag("F28")
  void serverThatTheCandidateBreaks_isAFailure_thatTheAgentIsToldAbout() {
    repository(
        "[{name: app, run: bash server.sh, ready: test -e $LONGE_SERVICE_DIR/../served, ports:"
            + " APP_PORT}]",
        "echo port $APP_PORT; grep -qx 42 answer.tx?",
        "cat > "
            + temp
            + "/prompt.$LONGE_ATTEMPT\n"
            + "if [ $LONGE_ATTEMPT = 1 ]; then echo 'echo no module named answer; exit 5' >"
            + " server.sh\n"
            + "else git checkout -q server.sh; echo 42 > answer.txt; fi\n");
    Terminal.Said said = run();
    assertThat(said.exit()).as(said.out() + said.err()).isZero();
    assertThat(read(temp.resolve("prompt.2")))
        .contains(
            "The check did not run: the service «app» ended with exit 5 before it was ready.",
            "On the base it becomes ready.",
            "no module named answer");
    Verdict last = terminal.state().last().orElseThrow().checked().getLast().verdict();
    assertThat(last).isInstanceOf(Verdict.Passed.class);
    String port = receipt("2-1").lines().findFirst().orElseThrow().replace("port ", "");
    assertThat(receipt("2-1"))
        .contains("--- The service «app» printed:\nserves on port " + port + "\n");
    assertThat(terminal.longe("output", terminal.task()).out())
        .contains("--- The service «app» printed:\nserves on port " + port + "\n");
    assertThat(temp.resolve("home/work").resolve(terminal.task()).resolve("services"))
        .isEmptyDirectory();
    assertThat(terminal.longe("accept", terminal.task()).exit()).isZero();
  }

  @Test
  @Tag("F28")
  @Tag("D20")
  void serviceThatIsNotReadyOnTheBaseEither_isNoFaultOfTheCandidate() {
    repository(
        "[{name: db, run: 'echo no space for tables; exit 3'}]", "true", "echo 42 > answer.txt\n");
    Terminal.Said said = run();
    assertThat(said.exit()).isEqualTo(10);
    assertThat(said.out())
        .contains("broken", "the service «db» ended with exit 3", "no space for tables");
    assertThat(terminal.state().reason().orElseThrow().code()).isEqualTo("verifier-broken");
    assertThat(terminal.longe("show", terminal.task()).out()).contains("no space for tables");
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "none"})
  @Tag("I12")
  void stop_endsServices(String sandbox) {
    repository(
        "[{name: db, run: 'setsid sleep " + mark + " & sleep " + mark + "', ready: 'false'}]",
        "true",
        "echo 42 > answer.txt\n");
    RunningProcess run =
        Launched.longe(temp, user, Map.of("LONGE_SANDBOX", sandbox), "run", "Serve 42");
    World.until("the service runs", () -> World.withArgument(mark).size() >= 2);
    long began = System.nanoTime();
    assertThat(terminal.longe("stop", terminal.task()).exit()).isZero();
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
    assertThat(World.withArgument(mark)).isEmpty();
    assertThat(run.await().status()).isEqualTo(13);
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "none"})
  @Tag("I12")
  void servicesEnd_whenLongeIsKilled(String sandbox) {
    repository(
        "[{name: db, run: 'sleep " + mark + "'}]", "sleep " + mark, "echo 42 > answer.txt\n");
    String text = "Serve 42 for " + mark;
    RunningProcess run = Launched.longe(temp, user, Map.of("LONGE_SANDBOX", sandbox), "run", text);
    World.until("service and check run", () -> World.withArgument(mark).size() >= 2);
    List<Long> harness = World.withArgument(text);
    harness.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    World.until("all have ended", () -> run.ended() && World.withArgument(mark).isEmpty());
  }

  /** A service of the agent is another process than that of a check; it may also be missing. */
  @Test
  void agent_getsServicesOfItsOwn_ifTheLoopSaysSo() {
    repository(
        "[{name: app, run: 'echo $$ > $LONGE_SERVICE_DIR/../served; exec sleep 77', ready: test -e"
            + " $LONGE_SERVICE_DIR/../served, ports: A, agent: true}, {name: checks-only, run:"
            + " sleep 77, ready: true, ports: B}, {name: late, run: 'if [ -z ${CI-} ]; then echo no"
            + " CI; exit 1; fi; sleep 77', agent: true}]",
        "test $A -gt 0 && test $B -gt 0 && grep -qx 42 answer.tx?",
        "echo $A-${B-none} > " + temp + "/ports; cat > prompt; echo 42 > answer.txt\n");
    Terminal.Said said = run();
    assertThat(said.exit()).as(said.out() + said.err()).isZero();
    assertThat(read(temp.resolve("ports"))).matches("\\d+-none\n");
    assertThat(
            World.git(
                user, "show", terminal.state().candidate().orElseThrow().commit() + ":prompt"))
        .contains("Serve 42");
    assertThat(terminal.longe("log", terminal.task()).out() + transcript())
        .contains("The service «late» is not ready.");
  }

  private String transcript() {
    try (GZIPInputStream in =
        new GZIPInputStream(
            Files.newInputStream(
                temp.resolve("home/transcripts")
                    .resolve(terminal.task())
                    .resolve("attempt-1.gz")))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  @Tag("F6")
  void loopWhoseServicesCanNotStart_isRefused() {
    repository(
        "[{name: db, run: no-such-database --port 1, ready: no-such-client, ports: PATH}]",
        "true",
        "true\n");
    Terminal.Said said = run();
    assertThat(said.exit()).isEqualTo(2);
    assertThat(said.err())
        .contains(
            "the service «no-such-database --port 1» starts with «no-such-database», which does not"
                + " exist",
            "the service «no-such-client» starts with «no-such-client»",
            "every process has the variable PATH");
  }

  /** The candidate must not decide when its services are ready. */
  @Test
  @Tag("I5")
  void scriptOfAReadyCommand_isProtected() {
    repository("[{run: sleep 77, ready: bash server.sh}]", "true", "echo exit > server.sh\n");
    World.write(user.resolve("server.sh"), "exit 0\n");
    World.git(user, "commit", "-qam", "ready");
    assertThat(run().exit()).isEqualTo(10);
    assertThat(terminal.state().reason().orElseThrow().code()).isEqualTo("protected-touched");
  }
}

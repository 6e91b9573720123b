package dev.longe.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longe.core.Fault;
import dev.longe.testing.World;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class SandboxTest {
  private final Sandbox sandbox = World.SANDBOX;

  @TempDir Path directory;

  private ProcessSpec spec(String line) {
    return spec(line, Map.of("PATH", World.ENVIRONMENT.basic().get("PATH") + ""), 1 << 20);
  }

  private ProcessSpec spec(String line, Map<String, String> environment, long bytes) {
    return new ProcessSpec(
        List.of("bash", "-c", line),
        directory,
        environment,
        true,
        new Confinement.Open(),
        Duration.ofSeconds(30),
        bytes,
        "",
        false);
  }

  private static ProcessSpec within(ProcessSpec s, Duration timeout) {
    return new ProcessSpec(
        s.argv(),
        s.directory(),
        s.environment(),
        s.contained(),
        s.confinement(),
        timeout,
        s.outputBytesMax(),
        s.input(),
        s.keepInputOpen());
  }

  private static final class Lines implements Output {
    private final List<String> all = Collections.synchronizedList(new ArrayList<>());

    @Override
    public void line(String line) {
      all.add(line);
    }

    @Override
    public void errorLine(String line) {
      all.add("err " + line);
    }
  }

  @Test
  void outputAndStatus_comeBack() {
    Sandbox.Outcome outcome = sandbox.run(spec("echo out; echo err >&2; exit 7"));
    assertThat(outcome.output()).isEqualTo("out");
    assertThat(outcome.error()).isEqualTo("err");
    assertThat(outcome.exit().status()).isEqualTo(7);
  }

  @Test
  @Tag("I12")
  void end_takesDaemonsWithIt() {
    String mark = "48151" + System.nanoTime();
    Sandbox.Outcome outcome =
        sandbox.run(
            spec(
                "(setsid sleep %s >/dev/null 2>&1 &); nohup sleep %s >/dev/null 2>&1 & exit 0"
                    .formatted(mark, mark)));
    assertThat(outcome.exit().ok()).isTrue();
    assertThat(World.withArgument(mark)).isEmpty();
  }

  @Test
  @Tag("I12")
  void kill_reachesWhatIgnoresTermination_andReparentedGrandchildren() {
    String mark = "48152" + System.nanoTime();
    Lines lines = new Lines();
    RunningProcess process =
        sandbox.start(
            spec(
                "trap '' TERM INT HUP; (setsid bash -c \"trap '' TERM; sleep %s\" &); (sleep %s & ) ; echo ready; sleep %s"
                    .formatted(mark, mark, mark)),
            lines);
    World.until("the tree stands", () -> World.withArgument(mark).size() >= 3);
    Exit exit = process.kill();
    assertThat(exit.ending()).isEqualTo(Exit.Ending.KILLED);
    assertThat(World.withArgument(mark)).isEmpty();
  }

  @Test
  @Tag("I12")
  void kill_outrunsAForker() {
    String mark = "48153" + System.nanoTime();
    Lines lines = new Lines();
    RunningProcess process =
        sandbox.start(
            spec(
                "while true; do (setsid sleep %s >/dev/null 2>&1 &) ; sleep 0.01; done"
                    .formatted(mark)),
            lines);
    World.until("it forks", () -> World.withArgument(mark).size() > 5);
    process.kill();
    assertThat(World.withArgument(mark)).isEmpty();
  }

  @Test
  @Tag("I12")
  void kill_rightAfterTheStart_endsEverything() {
    String mark = "48154" + System.nanoTime();
    for (int i = 0; i < 20; i++) {
      RunningProcess process =
          sandbox.start(spec("(setsid sleep %s &); sleep %s".formatted(mark, mark)), new Lines());
      assertThat(process.kill().ending()).isEqualTo(Exit.Ending.KILLED);
      assertThat(World.withArgument(mark)).isEmpty();
    }
  }

  @Test
  @Tag("I13")
  void environment_isWhatWasNamed_andTheMarkers() {
    Environment all =
        new Environment(Map.of("PATH", "/usr/bin:/bin", "SECRET_KEY", "x", "MINE", "y"));
    Sandbox.Outcome outcome = sandbox.run(spec("env", all.pick(List.of("MINE")), 1 << 20));
    assertThat(outcome.output().lines().map(l -> l.substring(0, l.indexOf('='))))
        .containsOnly("PATH", "MINE", "LONGE_OWNER", "LONGE_RUN", "PWD", "SHLVL", "_");
  }

  @Test
  @Tag("I13")
  void secretValues_neverComeOut() {
    Map<String, String> environment = Map.of("PATH", "/usr/bin:/bin", "API_KEY", "sk-abcdef123");
    Sandbox.Outcome outcome =
        sandbox.run(spec("echo \"key $API_KEY.\"; echo $API_KEY >&2", environment, 1 << 20));
    assertThat(outcome.output()).isEqualTo("key [API_KEY].");
    assertThat(outcome.error()).isEqualTo("[API_KEY]");
  }

  @Test
  @Tag("F3")
  @Tag("I17")
  void flood_endsAtTheLimitOfOutput() {
    Lines lines = new Lines();
    Exit exit = sandbox.start(spec("yes", Map.of("PATH", "/usr/bin:/bin"), 1 << 20), lines).await();
    assertThat(exit.ending()).isEqualTo(Exit.Ending.TOO_MUCH_OUTPUT);
  }

  @Test
  @Tag("I17")
  void timeout_endsIt() {
    Exit exit =
        sandbox.start(within(spec("sleep 1000"), Duration.ofMillis(200)), new Lines()).await();
    assertThat(exit.ending()).isEqualTo(Exit.Ending.TIMED_OUT);
  }

  @Test
  @Tag("F2")
  void lines_ofTenMegabytes_invalidUtf8_andACutEnd_comeThrough() {
    Lines lines = new Lines();
    sandbox
        .start(
            spec(
                "head -c 10000000 /dev/zero | tr '\\0' 'x'; echo; printf 'a\\xff\\n'; printf 'no"
                    + " end'",
                Map.of("PATH", "/usr/bin:/bin"),
                1L << 30),
            lines)
        .await();
    assertThat(lines.all.get(0)).hasSize(10_000_000);
    assertThat(lines.all.subList(1, 3)).containsExactly("a\ufffd", "no end");
  }

  @Test
  void message_toAProcessThatReads_arrives() {
    ProcessSpec s = spec("read a; read b; echo \"$a-$b\"");
    ProcessSpec open =
        new ProcessSpec(
            s.argv(),
            s.directory(),
            s.environment(),
            true,
            s.confinement(),
            s.timeout(),
            s.outputBytesMax(),
            "one\n",
            true);
    Lines lines = new Lines();
    RunningProcess process = sandbox.start(open, lines);
    assertThat(process.send("two\n")).isTrue();
    process.closeInput();
    assertThat(process.await().ok()).isTrue();
    assertThat(lines.all).containsExactly("one-two");
  }

  @Test
  void missingDirectory_isAFault() {
    ProcessSpec s =
        sandbox.plain(List.of("true"), directory.resolve("gone"), Duration.ofSeconds(5));
    assertThatThrownBy(() -> sandbox.run(s)).isInstanceOf(Fault.class).hasMessageContaining("gone");
  }
}

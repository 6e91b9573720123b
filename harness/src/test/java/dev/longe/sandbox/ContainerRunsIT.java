package dev.longe.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.core.Sandboxing;
import dev.longe.testing.TestImage;
import dev.longe.testing.World;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Single processes in containers. Needs Podman. */
@Timeout(120)
final class ContainerRunsIT {
  private static final int PROCESSES = 200;

  @TempDir static Path once;
  private static Map<String, String> podman = Map.of();

  @TempDir Path temp;
  private final String mark = "48157" + System.nanoTime();
  private final List<String> printed = new CopyOnWriteArrayList<>();
  private Sandbox sandbox = World.SANDBOX;
  private Confinement.Means.Container container =
      new Confinement.Means.Container(
          new ContainerEngine(ContainerEngine.Kind.PODMAN, false, true),
          new Sandboxing.Image(TestImage.NAME));

  private final Output output =
      new Output() {
        @Override
        public void line(String line) {
          printed.add(line);
        }

        @Override
        public void errorLine(String line) {
          printed.add("error: " + line);
        }
      };

  @BeforeAll
  static void image() {
    podman = TestImage.make(once);
  }

  @BeforeEach
  void engine() {
    Map<String, String> variables = new HashMap<>(System.getenv());
    variables.putAll(podman);
    Environment environment = new Environment(variables);
    sandbox = new Sandbox(new Owners(temp.resolve("owners"), environment), variables, PROCESSES);
    container =
        switch (sandbox.containers().of(new Sandboxing.Image(TestImage.NAME))) {
          case Containers.Answer.Usable<Confinement.Means.Container> u -> u.value();
          case Containers.Answer.Unusable<Confinement.Means.Container> u ->
              throw new AssertionError(u.why());
        };
  }

  @AfterEach
  void nothingIsRecorded() {
    assertThat(temp.resolve("containers")).isEmptyDirectory();
    assertThat(
            World.shell(temp, "podman ps -a --format '{{.Labels}}' | (grep " + temp + " || true)"))
        .isEmpty();
    assertThat(World.withArgument(mark)).isEmpty();
  }

  private ProcessSpec spec(String line, List<Confinement.Overlay> overlays, String input) {
    return new ProcessSpec(
        List.of("bash", "-c", line, mark),
        Path.of("/"),
        Map.of("HOME", "/home/of-test"),
        true,
        new Confinement.Shut(
            container, List.of(), List.of(), List.of(), overlays, List.of(), false),
        Duration.ofSeconds(60),
        1 << 26,
        input,
        !input.isEmpty());
  }

  private Exit run(String line) {
    return sandbox.start(spec(line, List.of(), ""), output).await();
  }

  @Test
  void statusAndStreams_areThoseOfTheProgram() {
    assertThat(run("echo out; echo err >&2; exit 7").status()).isEqualTo(7);
    assertThat(printed).containsExactlyInAnyOrder("out", "error: err");
    assertThat(run("kill -9 $$").status()).isEqualTo(137);
    assertThat(run("exit 125").status()).isEqualTo(125);
    assertThat(run("exit 126").status()).isEqualTo(126);
  }

  @Test
  void output_isWhole() {
    assertThat(run("seq 200000").ok()).isTrue();
    assertThat(printed).hasSize(200_000);
    assertThat(printed.getLast()).isEqualTo("200000");
  }

  @Test
  void input_arrivesWhileTheProgramRuns() {
    RunningProcess process =
        sandbox.start(spec("while read -r l; do echo got $l; done", List.of(), "one\n"), output);
    World.until("the first line is read", () -> printed.contains("got one"));
    assertThat(process.send("two\n")).isTrue();
    World.until("the second line is read", () -> printed.contains("got two"));
    process.closeInput();
    assertThat(process.await().ok()).isTrue();
  }

  @Test
  void programThatIsAskedToEnd_canEndByItself() {
    RunningProcess process =
        sandbox.start(
            spec(
                "trap 'echo bye; exit 5' TERM; echo ready; while :; do read -t 1 x <> <(:); done",
                List.of(),
                ""),
            output);
    World.until("it runs", () -> printed.contains("ready"));
    process.terminate();
    assertThat(process.await().status()).isEqualTo(5);
    assertThat(printed).contains("bye");
  }

  @Test
  @Tag("I17")
  void forkBombAndFullDisk_areBounded() {
    Exit exit = run("for i in $(seq 400); do sleep 30 & done; echo started");
    assertThat(exit.took()).isLessThan(Duration.ofSeconds(25));
    assertThat(printed).anyMatch(l -> l.contains("Resource temporarily unavailable"));
    printed.clear();
    assertThat(run("echo x > /usr/x || echo x > /x || exit 3").status()).isEqualTo(3);
    assertThat(run("grep -q ' /tmp tmpfs .*size=[0-9]' /proc/mounts").ok()).isTrue();
    assertThat(run("grep -q ' /home/of-test tmpfs .*size=[0-9]' /proc/mounts").ok()).isTrue();
  }

  /** A container is made in many steps by several processes; the kill comes between any two. */
  @Test
  @Tag("I12")
  void kill_atAnyMoment_endsAndRemovesTheContainer() {
    for (int i = 0; i < 24; i++) {
      RunningProcess process =
          sandbox.start(spec("(setsid sleep $0 &); sleep $0", overlays(i), ""), output);
      LockSupport.parkNanos(Duration.ofMillis(25L * i).toNanos());
      long began = System.nanoTime();
      assertThat(process.kill().ending()).isEqualTo(Exit.Ending.KILLED);
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
      nothingIsRecorded();
    }
  }

  private List<Confinement.Overlay> overlays(int number) {
    List<Confinement.Overlay> all = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Path lower = temp.resolve("lower" + i);
      Path scratch = temp.resolve("scratch" + number + "-" + i);
      List.of(lower, scratch).forEach(World::make);
      all.add(new Confinement.Overlay(Path.of("/at" + i), List.of(lower), scratch));
    }
    return all;
  }

  @Test
  @Tag("I12")
  void timeout_endsTheContainer() {
    ProcessSpec spec = spec("sleep $0", List.of(), "");
    Exit exit =
        sandbox
            .start(
                new ProcessSpec(
                    spec.argv(),
                    spec.directory(),
                    spec.environment(),
                    true,
                    spec.confinement(),
                    Duration.ofSeconds(2),
                    1 << 20,
                    "",
                    false),
                output)
            .await();
    assertThat(exit.ending()).isEqualTo(Exit.Ending.TIMED_OUT);
  }

  /** Somebody else kills the program that asked for the container. */
  @Test
  @Tag("I12")
  void clientThatIsKilled_takesItsContainerWithIt() {
    RunningProcess process = sandbox.start(spec("echo here; sleep $0", List.of(), ""), output);
    World.until("it runs", () -> printed.contains("here"));
    World.withArgument("--pull=never")
        .forEach(pid -> {
          if (Proc.arguments(Long.toString(pid)).anyMatch(mark::equals)) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
          }
        });
    assertThat(process.await().ok()).isFalse();
  }

  @Test
  void overlays_holdWhatTheContainerWrites() {
    assertThat(sandbox.overlays(container, temp)).isTrue();
    List<Confinement.Overlay> overlays = overlays(0);
    assertThat(sandbox.start(spec("echo x > /at0/new; echo $0", overlays, ""), output).await().ok())
        .isTrue();
    assertThat(Files.exists(temp.resolve("scratch0-0/upper/new"))).isTrue();
    assertThat(temp.resolve("lower0")).isEmptyDirectory();
  }
}

package dev.longe.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.testing.World;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a process tree may take of the machine. Every test starts at most 600 processes. */
@Timeout(60)
final class BoundsIT {
  /** Starts processes until that fails, and says how many it has started. */
  private static final String MANY =
      "n=0; trap 'echo started $n' EXIT; while [ $n -lt 600 ]; do sleep 5 & n=$((n+1)); done";

  private static final int MOST = 400;

  @TempDir Path temp;
  private final Sandbox sandbox =
      new Sandbox(
          new Owners(Path.of("target", "owners"), World.ENVIRONMENT),
          World.ENVIRONMENT.all(),
          MOST);

  @BeforeEach
  void script() {
    World.write(temp.resolve("many.sh"), MANY);
    World.shell(temp, "chmod a+rx . many.sh");
  }

  static Stream<Confinement> confinements() {
    return Stream.of(
        new Confinement.Open(),
        new Confinement.Shut(
            new Confinement.Means.Namespaces(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            false));
  }

  private static int started(Sandbox.Outcome outcome) {
    return Integer.parseInt(
        outcome
            .output()
            .lines()
            .filter(l -> l.startsWith("started "))
            .findFirst()
            .orElseThrow(() -> new AssertionError(outcome.toString()))
            .substring("started ".length()));
  }

  /** Where the machine can't bound them, 600 processes do no harm. */
  @ParameterizedTest
  @MethodSource("confinements")
  @Tag("I17")
  void forkBomb_isBounded_whereTheMachineCanDoIt(Confinement confinement) {
    boolean able = new Probed(sandbox, MOST).open().kind() != Bounds.Kind.NONE;
    ProcessSpec spec =
        new ProcessSpec(
            List.of("sh", "-c", MANY),
            Path.of("/"),
            World.ENVIRONMENT.basic(),
            true,
            confinement,
            Duration.ofSeconds(30),
            1 << 20,
            "",
            false);
    Sandbox.Outcome outcome = sandbox.run(spec);
    assertThat(started(outcome)).isBetween(able ? 100 : 600, able ? MOST : 600);
    assertThat(outcome.exit().status()).isEqualTo(able ? 2 : 0);
    String host = World.shell(temp, "cat /proc/sys/kernel/pid_max");
    assertThat(Integer.parseInt(host)).as("the machine's own limit").isGreaterThan(MOST);
  }

  /** The user's other processes do not count. */
  @Test
  @Tag("I17")
  void ordinaryUser_isBoundedByTheUserNamespace() {
    List<String> argv = new ArrayList<>();
    if (User.present().root()) {
      argv.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"));
    }
    Bounds bounds = new Bounds(Bounds.Kind.USER, 60, 0);
    argv.addAll(
        Containment.USER_NAMESPACE.wrap(
            bounds.inNamespace(List.of("sh", temp.resolve("many.sh").toString()))));
    Sandbox.Outcome outcome =
        sandbox.run(sandbox.plain(argv, Path.of("/"), Duration.ofSeconds(30)));
    assertThat(started(outcome)).isBetween(20, 60);
  }

  @Test
  @Tag("I17")
  void privateDirectory_holdsAsMuchAsItMay() {
    List<String> argv =
        Bubblewrap.wrap(
            List.of("sh", "-c", "head -c 3000000 /dev/zero > /tmp/x; stat -c %s /tmp/x"),
            new Confinement.Shut(
                new Confinement.Means.Namespaces(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                false),
            Path.of("/"),
            User.present(),
            new Bounds(Bounds.Kind.NONE, MOST, 1 << 20));
    Sandbox.Outcome outcome =
        sandbox.run(sandbox.plain(argv, Path.of("/"), Duration.ofSeconds(30)));
    assertThat(outcome.error()).contains("No space left on device");
    assertThat(Long.parseLong(outcome.output().strip())).isBetween(500_000L, 1L << 20);
  }

  @Test
  @Tag("I17")
  void tmp_holdsAQuarterOfTheMemory_theOthersLess() {
    Bounds bounds = new Bounds(Bounds.Kind.NONE, MOST, 4L << 30);
    assertThat(bounds.directory(Path.of("/tmp")))
        .containsExactly("--size", "4294967296", "--tmpfs", "/tmp");
    assertThat(bounds.directory(Path.of("/run")))
        .containsExactly("--size", "536870912", "--tmpfs", "/run");
    assertThat(Bounds.NONE.directory(Path.of("/tmp"))).containsExactly("--tmpfs", "/tmp");
    assertThat(Bounds.quarterOfMemory()).isGreaterThan(64L << 20);
  }
}

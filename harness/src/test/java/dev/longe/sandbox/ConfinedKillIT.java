package dev.longe.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.testing.World;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The end of confined processes whose mounts are still being made: programs start one after the
 * other before the task's own. Needs Bubblewrap.
 */
@Timeout(120)
final class ConfinedKillIT {
  private static final Output SILENT =
      new Output() {
        @Override
        public void line(String line) {}

        @Override
        public void errorLine(String line) {}
      };

  private static final int OVERLAYS = 12;

  @TempDir Path temp;
  private final String mark = "48155" + System.nanoTime();

  /** A process that leaves a daemon behind, with a dozen overlays where they work. */
  private ProcessSpec confined(int number, Duration timeout) {
    List<Confinement.Overlay> overlays = new ArrayList<>();
    for (int i = 0;
        i < OVERLAYS && World.SANDBOX.overlays(new Confinement.Means.Namespaces(), temp);
        i++) {
      Path lower = temp.resolve("lower" + i);
      Path at = temp.resolve("at" + i);
      Path scratch = scratch(number, i);
      List.of(lower, at, scratch).forEach(World::make);
      overlays.add(new Confinement.Overlay(at, List.of(lower), scratch));
    }
    return new ProcessSpec(
        List.of("bash", "-c", "(setsid sleep $0 &); sleep $0", mark),
        temp,
        World.ENVIRONMENT.basic(),
        true,
        new Confinement.Shut(
            new Confinement.Means.Namespaces(),
            List.of(),
            List.of(),
            List.of(temp),
            overlays,
            List.of(),
            false),
        timeout,
        1 << 20,
        "",
        false);
  }

  private Path scratch(int number, int overlay) {
    return temp.resolve("scratch" + number + "-" + overlay);
  }

  private void nothingIsLeftOf(RunningProcess process) {
    long began = System.nanoTime();
    assertThat(process.kill().ending()).isEqualTo(Exit.Ending.KILLED);
    nothingIsLeft(began);
  }

  private void nothingIsLeft(long beganNanos) {
    assertThat(Duration.ofNanos(System.nanoTime() - beganNanos)).isLessThan(Duration.ofSeconds(2));
    assertThat(World.withArgument(mark)).isEmpty();
  }

  @Test
  @Tag("I12")
  void kill_rightAfterTheStart_endsEverythingAtOnce() {
    for (int i = 0; i < 20; i++) {
      nothingIsLeftOf(World.SANDBOX.start(confined(i, Duration.ofMinutes(1)), SILENT));
    }
  }

  @Test
  @Tag("I12")
  void kill_afterEachOfTheMounts_endsEverythingAtOnce() {
    for (int i = 0;
        i < 5 * OVERLAYS && World.SANDBOX.overlays(new Confinement.Means.Namespaces(), temp);
        i++) {
      RunningProcess process = World.SANDBOX.start(confined(i, Duration.ofMinutes(1)), SILENT);
      while (!Files.exists(scratch(i, i % OVERLAYS).resolve("work/work"))) {
        Thread.onSpinWait();
      }
      nothingIsLeftOf(process);
    }
  }

  @Test
  @Tag("I12")
  @Tag("I17")
  void timeout_whileMountsAreMade_endsEverything() {
    for (int i = 0; i < 20; i++) {
      long began = System.nanoTime();
      Exit exit = World.SANDBOX.start(confined(i, Duration.ofMillis(5L * i)), SILENT).await();
      assertThat(exit.ending()).isEqualTo(Exit.Ending.TIMED_OUT);
      nothingIsLeft(began);
    }
  }
}

package dev.longe.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longe.core.Fault;
import dev.longe.testing.World;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The lock of a file, between threads and between processes. */
@Timeout(120)
final class ExclusiveLockTest {
  private static final ExclusiveLock.Patience NONE =
      new ExclusiveLock.Patience(Duration.ZERO, () -> false, _ -> {});

  @TempDir Path temp;
  private Path file;
  private final List<String> told = Collections.synchronizedList(new ArrayList<>());

  @BeforeEach
  void file() {
    file = temp.resolve("longe.lock");
  }

  private ExclusiveLock.Patience patient() {
    return new ExclusiveLock.Patience(Duration.ofMinutes(1), () -> false, told::add);
  }

  /** A process that holds the lock until it is killed. */
  private RunningProcess holder() {
    RunningProcess process =
        World.SANDBOX.start(
            World.SANDBOX.plain(
                World.java("dev.longe.sandbox.LockHolder", file.toString()),
                temp,
                Duration.ofMinutes(2)),
            new Output() {
              @Override
              public void line(String line) {
                World.write(temp.resolve("held"), line);
              }

              @Override
              public void errorLine(String line) {
                System.out.println("holder: " + line);
              }
            });
    World.until("another process holds it", () -> Files.exists(temp.resolve("held")));
    return process;
  }

  @Test
  @Tag("I11")
  void second_isRefused_untilTheFirstReleasesIt() {
    ExclusiveLock first = ExclusiveLock.take(file, "the first", NONE);
    assertThatThrownBy(() -> ExclusiveLock.take(file, "the second", NONE))
        .isInstanceOf(Fault.class)
        .hasMessageContaining("the first");
    first.close();
    ExclusiveLock.take(file, "the third", NONE).close();
  }

  @Test
  @Tag("I11")
  @Tag("F1")
  void killedHolder_leavesNoLock_andWhoWaitsSaysForWhom() {
    RunningProcess holder = holder();
    assertThatThrownBy(() -> ExclusiveLock.take(file, "impatient", NONE))
        .isInstanceOf(Fault.class)
        .hasMessageContaining("held by another process");
    Thread waiting =
        Thread.ofVirtual().start(() -> ExclusiveLock.take(file, "patient", patient()).close());
    World.until("it says what it waits for", () -> !told.isEmpty());
    assertThat(told).singleElement().asString().contains("held by another process");
    assertThat(waiting.isAlive()).isTrue();
    holder.kill();
    World.until("it has the lock", () -> !waiting.isAlive());
  }

  @Test
  @Tag("I11")
  void waitThatIsGivenUp_ends() {
    try (ExclusiveLock _ = ExclusiveLock.take(file, "the first", NONE)) {
      ExclusiveLock.Patience givenUp =
          new ExclusiveLock.Patience(Duration.ofHours(1), () -> true, told::add);
      assertThatThrownBy(() -> ExclusiveLock.take(file, "the second", givenUp))
          .isInstanceOf(Fault.class);
    }
  }
}

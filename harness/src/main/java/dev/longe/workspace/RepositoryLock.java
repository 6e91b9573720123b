package dev.longe.workspace;

import dev.longe.sandbox.ExclusiveLock;
import dev.longe.sandbox.Owners;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The right to move branches of the user's repository. One process of Longe has it at a time, also
 * among those of different homes; the kernel takes it back when the process ends. Whoever gets it
 * first finishes what a killed process has left.
 */
public final class RepositoryLock implements AutoCloseable {
  /** The holder may run checks meanwhile. Own choice. */
  private static final Duration WAIT_MAX = Duration.ofMinutes(30);

  private final ExclusiveLock lock;

  private RepositoryLock(ExclusiveLock lock) {
    this.lock = lock;
  }

  /**
   * Waits for the lock, half an hour at most.
   *
   * @param what is done under it, for those who wait
   * @param givenUp whether it is no longer wanted
   * @param told receives lines for a person: what it waits for, and what a killed process has left
   * @throws dev.longe.core.Fault if the wait is over, with what it waited for
   */
  static RepositoryLock take(
      Git user, Path common, String what, BooleanSupplier givenUp, Consumer<String> told) {
    String note =
        "process %d on %s: %s".formatted(ProcessHandle.current().pid(), Owners.machine(), what);
    RepositoryLock taken =
        new RepositoryLock(
            ExclusiveLock.take(
                common.resolve("longe.lock"),
                note,
                new ExclusiveLock.Patience(WAIT_MAX, givenUp, told)));
    boolean ready = false;
    try {
      InterruptedLanding.finish(user, common).ifPresent(told);
      ready = true;
      return taken;
    } finally {
      if (!ready) {
        taken.close();
      }
    }
  }

  @Override
  public void close() {
    lock.close();
  }
}

package dev.longe.workspace;

import dev.longe.sandbox.ExclusiveLock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The right to move branches of the user's repository. One process of Longe has it at a time, also
 * among those of different homes; the kernel takes it back when the process ends. Whoever gets it
 * first finishes what a killed process has left.
 */
final class RepositoryLock {
  /** The holder may run checks meanwhile. Own choice. */
  private static final Duration WAIT_MAX = Duration.ofMinutes(30);

  private RepositoryLock() {}

  /** See {@link Repository#lock}. */
  static ExclusiveLock take(
      Git user, Path common, String what, BooleanSupplier givenUp, Consumer<String> told) {
    ExclusiveLock taken =
        ExclusiveLock.take(
            common.resolve("longe.lock"),
            what,
            new ExclusiveLock.Patience(WAIT_MAX, givenUp, told));
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
}

package dev.longe.temporal;

import io.grpc.Context;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Runs a call with a deadline of 15 s. A call that is not answered by then means that no worker is
 * running.
 */
final class Deadline {
  private static final long SECONDS = 15;

  private static final ScheduledExecutorService TIMER =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("longe-deadline").daemon().factory());

  private Deadline() {}

  static <T> T call(Supplier<T> call) {
    try (Context.CancellableContext limited =
        Context.current().withDeadlineAfter(SECONDS, TimeUnit.SECONDS, TIMER)) {
      Context before = limited.attach();
      try {
        return call.get();
      } finally {
        limited.detach(before);
      }
    }
  }
}

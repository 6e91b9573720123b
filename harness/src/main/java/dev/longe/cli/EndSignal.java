package dev.longe.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Whether this process was asked to end: by Ctrl-C or SIGTERM. */
final class EndSignal {
  /** The time that a worker may need to hand its tasks back. */
  private static final long MINUTES_MAX = 6;

  private volatile boolean asked;

  private EndSignal() {}

  /**
   * Handles these signals from now on. After a signal the process waits for {@code ended}, at most
   * 6 minutes.
   *
   * @param ended counted down when all tasks are handed back
   */
  static EndSignal onSignal(CountDownLatch ended) {
    EndSignal ending = new EndSignal();
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("longe-ending")
                .unstarted(() -> {
                  ending.asked = true;
                  try {
                    boolean _ = ended.await(MINUTES_MAX, TimeUnit.MINUTES);
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                }));
    return ending;
  }

  boolean asked() {
    return asked;
  }
}

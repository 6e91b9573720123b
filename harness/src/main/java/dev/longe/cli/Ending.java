package dev.longe.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Whether this process was asked to end: by Ctrl-C or SIGTERM. */
final class Ending {
  /** A worker that hands its tasks back may need as long. */
  private static final long MINUTES_MAX = 6;

  private volatile boolean asked;

  private Ending() {}

  /**
   * Hears such a signal from now on; the process then lives on until {@code ended}.
   *
   * @param ended counted down when all is handed back
   */
  static Ending onSignal(CountDownLatch ended) {
    Ending ending = new Ending();
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

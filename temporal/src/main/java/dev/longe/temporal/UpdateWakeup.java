package dev.longe.temporal;

import io.temporal.client.WorkflowException;
import java.lang.System.Logger.Level;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Wakes a workflow that does not answer an update. An update schedules a workflow task that the
 * server keeps only in memory; under load it may be lost (seen with server 1.29.1: ten updates in
 * flight, then no answer until something else happened to the workflow). A signal is an event in
 * the history, and its workflow task is not lost.
 */
final class UpdateWakeup {
  private static final long AFTER_SECONDS = 2;
  private static final System.Logger LOG = System.getLogger(UpdateWakeup.class.getName());

  private static final ScheduledExecutorService TIMER =
      Executors.newScheduledThreadPool(
          2, Thread.ofPlatform().name("longe-nudge-", 0).daemon().factory());

  private UpdateWakeup() {}

  /**
   * Makes a call, and signals every 2 s while it is not answered.
   *
   * @param signal sends the signal; its failures are logged and otherwise ignored
   */
  static <T> T around(Supplier<T> call, Runnable signal) {
    ScheduledFuture<?> nudges =
        TIMER.scheduleWithFixedDelay(
            () -> send(signal), AFTER_SECONDS, AFTER_SECONDS, TimeUnit.SECONDS);
    try {
      return call.get();
    } finally {
      nudges.cancel(false);
    }
  }

  /** Sends one signal; a failure must not prevent the next ones. */
  private static void send(Runnable signal) {
    try {
      signal.run();
    } catch (WorkflowException e) {
      LOG.log(Level.DEBUG, "the signal was not sent", e);
    }
  }
}

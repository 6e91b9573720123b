package dev.longe.temporal;

import io.temporal.client.WorkflowException;
import java.lang.System.Logger.Level;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Wakes a workflow whose update is not answered. An update schedules a task that the server keeps
 * in memory alone; under load it may be lost (seen with server 1.29.1: ten updates in flight, then
 * silence until anything else happened to the workflow). A signal is an event, and its task is not
 * lost.
 */
final class UpdateWakeup {
  private static final long AFTER_SECONDS = 2;
  private static final System.Logger LOG = System.getLogger(UpdateWakeup.class.getName());

  private static final ScheduledExecutorService TIMER =
      Executors.newScheduledThreadPool(
          2, Thread.ofPlatform().name("longe-nudge-", 0).daemon().factory());

  private UpdateWakeup() {}

  /**
   * Calls, and signals again and again while it is not answered.
   *
   * @param signal what wakes the workflow; its own failure says no more than the call's
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

  /** One that fails must not end those after it. */
  private static void send(Runnable signal) {
    try {
      signal.run();
    } catch (WorkflowException e) {
      LOG.log(Level.DEBUG, "not woken this time", e);
    }
  }
}

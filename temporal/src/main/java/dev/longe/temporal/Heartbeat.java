package dev.longe.temporal;

import io.temporal.client.ActivityCanceledException;
import io.temporal.client.ActivityCompletionClient;
import io.temporal.client.ActivityCompletionException;
import io.temporal.client.ActivityNotExistsException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Sends heartbeats for one effect, one per interval, each answered by the server. If no answer
 * comes for two and a half intervals, the task counts as lost and its processes must be ended. The
 * server gives the machine up only after four intervals.
 */
final class Heartbeat implements AutoCloseable {
  /** Threads for the heartbeats, which may block on the network. The watch has its own thread. */
  private static final ScheduledExecutorService BEATS =
      Executors.newScheduledThreadPool(
          8, Thread.ofPlatform().name("longe-heartbeat-", 0).daemon().factory());

  private static final ScheduledExecutorService WATCH =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("longe-hold").daemon().factory());

  private final ActivityCompletionClient client;
  private final byte[] token;
  private final Supplier<Messages.AttemptEvents> shown;
  private final Runnable lost;
  private final long patienceNanos;
  private final AtomicBoolean over = new AtomicBoolean();
  private final ScheduledFuture<?> beats;
  private final ScheduledFuture<?> watch;
  private volatile long answeredNanos = System.nanoTime();
  private volatile boolean isLost;

  /**
   * @param token of the activity
   * @param shown the content of the heartbeat
   * @param lost called once, on a separate thread, when the task counts as lost
   */
  Heartbeat(
      ActivityCompletionClient client,
      byte[] token,
      Duration beat,
      Supplier<Messages.AttemptEvents> shown,
      Runnable lost) {
    this.client = client;
    this.token = token.clone();
    this.shown = shown;
    this.lost = lost;
    this.patienceNanos = beat.toNanos() * 5 / 2;
    long nanos = beat.toNanos();
    this.beats = BEATS.scheduleWithFixedDelay(this::beat, nanos, nanos, TimeUnit.NANOSECONDS);
    this.watch = WATCH.scheduleWithFixedDelay(this::look, nanos, nanos / 4, TimeUnit.NANOSECONDS);
  }

  private void beat() {
    long asked = System.nanoTime();
    try {
      client.heartbeat(token, shown.get());
      answeredNanos = asked;
    } catch (ActivityCanceledException e) {
      answeredNanos = asked; // the end is reported separately, not by the heartbeat
    } catch (ActivityNotExistsException e) {
      lose();
    } catch (ActivityCompletionException e) {
      look(); // not answered; there may be time for another one
    }
  }

  private void look() {
    if (System.nanoTime() - answeredNanos > patienceNanos) {
      lose();
    }
  }

  private void lose() {
    if (over.compareAndSet(false, true)) {
      isLost = true;
      Thread _ = Thread.ofPlatform().name("longe-lost").start(lost);
    }
  }

  boolean lost() {
    return isLost;
  }

  @Override
  public void close() {
    over.set(true);
    beats.cancel(false);
    watch.cancel(false);
  }
}

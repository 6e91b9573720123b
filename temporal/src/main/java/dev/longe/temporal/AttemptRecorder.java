package dev.longe.temporal;

import dev.longe.core.Event;
import dev.longe.core.Stop;
import dev.longe.core.TaskState;
import dev.longe.engine.Reachable;
import dev.longe.engine.Supervised;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What an effect on this machine has of the task loop, whose journal is on the server: it passes on
 * the word that ends the effect, and records the events of an attempt. These are sent with the
 * attempt's heartbeats and its result. Safe for use by many threads.
 */
final class AttemptRecorder implements Supervised {
  private final InstantSource clock;
  private final List<Event> events = new ArrayList<>();
  private final CountDownLatch over = new CountDownLatch(1);

  /** Completed when the agent can be reached; empty if the attempt ended before that. */
  private final CompletableFuture<Optional<Reachable>> live = new CompletableFuture<>();

  private TaskState state;
  private boolean endAsked;
  private boolean endTold;
  private boolean leaving;

  AttemptRecorder(TaskState state, InstantSource clock) {
    this.state = state;
    this.clock = clock;
  }

  @Override
  public synchronized TaskState state() {
    return state;
  }

  @Override
  public synchronized void append(Event... more) {
    for (Event event : more) {
      state = state.after(event);
      if (event instanceof Event.Spending) {
        events.removeIf(e -> e instanceof Event.Spending);
      }
      events.add(event);
    }
  }

  @Override
  public void takeWords(Optional<? extends Reachable> attempt) {
    live.complete(Optional.of(attempt.orElseThrow()));
    endIfAsked(attempt.orElseThrow());
  }

  private void endIfAsked(Reachable running) {
    boolean end;
    synchronized (this) {
      end = endAsked && !endTold;
      endTold |= end;
    }
    if (end) {
      running.stop(new Stop.Interrupted());
    }
  }

  /** What comes before the effect and takes no messages: the task's way to this machine. */
  Supervised before() {
    return new Supervised() {
      @Override
      public TaskState state() {
        return AttemptRecorder.this.state();
      }

      @Override
      public void append(Event... more) {
        AttemptRecorder.this.append(more);
      }

      @Override
      public void takeWords(Optional<? extends Reachable> arrival) {
        endIfAsked(arrival.orElseThrow());
      }
    };
  }

  /** The events so far. */
  synchronized Messages.AttemptEvents soFar() {
    return new Messages.AttemptEvents(events, clock.instant(), leaving);
  }

  /** All events of the finished attempt; the totals are in its end event. */
  synchronized Messages.AttemptEvents all() {
    return new Messages.AttemptEvents(
        events.stream().filter(e -> !(e instanceof Event.Spending)).toList(),
        clock.instant(),
        leaving);
  }

  /**
   * Gives the agent a message, and first waits until its process has started.
   *
   * @param patience how long to wait; after that the message is not given any more, because the
   *     next prompt contains it
   * @return false if the agent did not take the message
   */
  boolean steer(String message, Duration patience) {
    return live.copy()
        .completeOnTimeout(Optional.empty(), patience.toMillis(), TimeUnit.MILLISECONDS)
        .join()
        .map(a -> a.steer(message))
        .orElse(false);
  }

  /**
   * Asks the effect to end.
   *
   * @param giveUp whether the machine takes no more work afterwards
   */
  synchronized void end(boolean giveUp) {
    endAsked = true;
    leaving |= giveUp;
  }

  /** Records that no process of the effect is alive. */
  void ended() {
    live.complete(Optional.empty());
    over.countDown();
  }

  /** Waits for the end of the effect; returns false if this thread is interrupted first. */
  boolean awaitEnd() {
    try {
      over.await();
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}

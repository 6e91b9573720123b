package dev.longe.effects;

import dev.longe.core.Stop;
import dev.longe.engine.Reachable;
import dev.longe.engine.Supervised;
import dev.longe.sandbox.Sandbox;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A setup, check or landing that a human's word can end. It runs on a thread of its own, while the
 * thread of the task loop takes the words.
 */
final class Interruptible<T> implements Reachable {
  /** The interval at which words are taken. */
  private static final Duration TICK = Duration.ofMillis(100);

  private final Sandbox part;
  private final CompletableFuture<T> result;
  private boolean interrupted;

  private Interruptible(Sandbox sandbox, Function<Sandbox, T> effect) {
    this.part = sandbox.part();
    this.result =
        CompletableFuture.supplyAsync(
            () -> effect.apply(part), r -> Thread.ofVirtual().name("longe-effect").start(r));
  }

  /**
   * Runs an effect to its end.
   *
   * @param effect starts all processes that a word may kill in the sandbox that it gets
   * @param stands whether a result that came in spite of the word is valid
   * @return empty if a word ended the effect
   */
  static <T> Optional<T> run(
      Supervised loop, Sandbox sandbox, Function<Sandbox, T> effect, Predicate<T> stands) {
    Interruptible<T> running = new Interruptible<>(sandbox, effect);
    try {
      while (!running.ended()) {
        loop.takeWords(Optional.of(running));
      }
    } finally {
      if (!running.result.isDone()) {
        running.stop(new Stop.Lost());
      }
    }
    return running.outcome(stands);
  }

  private boolean ended() {
    try {
      var _ = result.get(TICK.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      return true; // see outcome
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private Optional<T> outcome(Predicate<T> stands) {
    try {
      T valid = result.join();
      return interrupted && !stands.test(valid) ? Optional.empty() : Optional.of(valid);
    } catch (CompletionException e) {
      if (interrupted) {
        return Optional.empty();
      }
      throw e.getCause() instanceof RuntimeException r ? r : e;
    }
  }

  /** A setup or a check takes no messages. */
  @Override
  public boolean steer(String message) {
    return false;
  }

  @Override
  public void stop(Stop why) {
    interrupted |= !result.isDone();
    part.end();
    boolean _ = result.handle((_, _) -> true).join();
  }
}

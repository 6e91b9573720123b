package dev.longe.cli;

import dev.longe.core.Fault;
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.review.DossierText;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Something that takes a while, while its task's events are told. */
final class Foreground {
  private static final long LOOK_MILLIS = 50;

  private Foreground() {}

  /** Works until a human has the word; answers with the exit code that says which. */
  static int follow(App app, Follower follower, TaskId task, boolean json) {
    TaskState state = telling(follower, () -> app.tasks().work(task, follower));
    if (!json) {
      app.out().println();
      app.tasks().shown(state);
      DossierText.terminal(app.tasks().dossier(state), app.style()).forEach(app.out()::println);
    }
    return ExitCode.of(state).code();
  }

  /**
   * Waits until an accepted candidate has landed.
   *
   * @throws Fault with the reason if it could not land
   */
  static void land(App app, Follower follower, TaskId task) {
    TaskState after = telling(follower, () -> app.tasks().land(task, follower));
    if (!after.state().closed()) {
      throw new Fault(after.note());
    }
  }

  /** Says that work is left for later, if nobody does it now. */
  static void leave(App app, TaskId task) {
    if (!app.tasks().served(task)) {
      app.out().println("The next «longe serve» continues the task.");
    }
  }

  /** Does {@code work} on another thread; what happens to the follower's task is told meanwhile. */
  static <T> T telling(Follower follower, Supplier<T> work) {
    CompletableFuture<T> done =
        CompletableFuture.supplyAsync(
            work, r -> Thread.ofVirtual().name("longe-foreground").start(r));
    await(() -> {
      follower.tell();
      return done.isDone();
    });
    follower.tell();
    follower.clearStatus();
    return result(done);
  }

  /** Waits until {@code done}, looking at it again and again. */
  static void await(BooleanSupplier done) {
    while (!done.getAsBoolean()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS));
    }
  }

  private static <T> T result(CompletableFuture<T> done) {
    try {
      return done.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException r) {
        throw r;
      }
      throw e;
    }
  }
}

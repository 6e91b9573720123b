package dev.longe.cli;

import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.review.DossierText;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Runs long operations while the task's events are printed. */
final class Foreground {
  private static final long LOOK_MILLIS = 50;

  private Foreground() {}

  /** Works until the task needs a human; returns the exit code for what it needs. */
  static int follow(App app, Follower follower, TaskId task, boolean json) {
    TaskState state;
    try (InterruptNotice _ =
        InterruptNotice.of(
            app.err(),
            "Interrupted. The task %s is kept; «longe resume %s» continues it."
                .formatted(task, task))) {
      state = telling(follower, () -> app.tasks().work(task, follower));
    }
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
   * @return why it could not land; empty if it did
   */
  static Optional<String> land(App app, Follower follower, TaskId task) {
    TaskState after = telling(follower.withoutRefusals(), () -> app.tasks().land(task, follower));
    return after.state().closed() ? Optional.empty() : Optional.of(after.note());
  }

  /** What to tell about a task that could continue, but on which no process works. */
  static String abandoned(TaskId task) {
    return "Nothing works on this task now; «longe resume %s» or «longe serve» continues it."
        .formatted(task);
  }

  /** Prints a message if no process works on the task now. */
  static void leave(App app, TaskId task) {
    if (!app.tasks().served(task)) {
      app.out().println("The next «longe serve» continues the task.");
    }
  }

  /**
   * Runs {@code work} on another thread, and prints the events of the follower's task meanwhile.
   */
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

  /** Waits until {@code done} returns true; polls every 50 ms. */
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

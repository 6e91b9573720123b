package dev.longe.cli;

import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.engine.Engine;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Carries one task on in the foreground and tells what happens. */
final class Work {
  private Work() {}

  /** Works until a human has the word; answers with the exit code that says which. */
  static int follow(App app, Follower follower, TaskId task, boolean json) {
    TaskState state =
        app.far().isPresent() ? watched(app, follower, task) : worked(app, follower, task);
    follower.tell();
    follower.clearStatus();
    if (!json) {
      app.out().println();
      Dossiers.lines(app, state).forEach(app.out()::println);
      LastShown.note(app, state);
    }
    return ExitCode.of(state).code();
  }

  /** Workers elsewhere carry it on; this process only looks. */
  private static TaskState watched(App app, Follower follower, TaskId task) {
    Engine.await(() -> {
      follower.tell();
      return app.journal().stateOf(task).rests();
    });
    return app.state(task);
  }

  private static TaskState worked(App app, Follower follower, TaskId task) {
    if (!app.journal().register(app.owners().own(), "run", app.now())) {
      throw new IllegalStateException("a run can always register");
    }
    Engine engine = app.engine(follower);
    CompletableFuture<TaskState> work =
        CompletableFuture.supplyAsync(
            () -> engine.work(task), r -> Thread.ofVirtual().name("longe-run").start(r));
    Engine.await(() -> {
      follower.tell();
      return work.isDone();
    });
    return result(work);
  }

  private static TaskState result(CompletableFuture<TaskState> work) {
    try {
      return work.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException r) {
        throw r;
      }
      throw e;
    }
  }
}

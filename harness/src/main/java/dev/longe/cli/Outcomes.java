package dev.longe.cli;

import dev.longe.core.Event;
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.engine.Engine;
import dev.longe.journal.Inbox;
import java.util.Optional;

/** Notes what became of landed changes. */
final class Outcomes {
  private Outcomes() {}

  /** Leaves the outcome for whoever works on the journal, and waits until it is in it. */
  static void keep(App app, TaskId task, Event.Outcome outcome) {
    long posted = app.journal().inbox().post(task, outcome, app.now());
    Engine engine = app.engine((_, _) -> {});
    Engine.await(() -> {
      Optional<TaskState> _ = engine.once(task);
      return app.journal().inbox().result(posted).filter(Inbox.TAKEN::equals).isPresent();
    });
  }
}

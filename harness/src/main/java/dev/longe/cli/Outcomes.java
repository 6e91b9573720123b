package dev.longe.cli;

import dev.longe.core.Event;
import dev.longe.core.TaskId;
import dev.longe.tasks.WordResult;

/** Notes what became of landed changes. */
final class Outcomes {
  private Outcomes() {}

  /** Leaves the outcome for whoever works on the journal, and waits until it is in it. */
  static void keep(App app, TaskId task, Event.Outcome outcome) {
    if (app.tasks().say(task, outcome) instanceof WordResult.Refused refused) {
      throw new IllegalStateException(refused.why());
    }
  }
}

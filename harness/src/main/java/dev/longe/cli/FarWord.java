package dev.longe.cli;

import dev.longe.core.Event;
import dev.longe.core.Fault;
import dev.longe.core.State;
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.engine.Engine;
import dev.longe.journal.Inbox;

/** A human's word to a task that is worked on elsewhere: answered when it is taken. */
final class FarWord {
  private final App app;
  private final Far far;
  private final TaskId task;

  FarWord(App app, Far far, TaskId task) {
    this.app = app;
    this.far = far;
    this.task = task;
  }

  /** Says the word; a landing is waited for, other work is not. */
  int say(Event.Word word) {
    Follower follower = new Follower(app, task, false).fromNow();
    String result = far.say(task, word);
    if (!result.equals(Inbox.TAKEN)) {
      app.err().println(result);
      return ExitCode.USAGE.code();
    }
    Engine.await(() -> {
      follower.tell();
      return settled(word);
    });
    follower.tell();
    follower.clearStatus();
    TaskState state = app.journal().state(task);
    if (word instanceof Event.Accepted && !state.state().closed()) {
      throw new Fault(state.note());
    }
    LastShown.forget(app, state);
    return ExitCode.OK.code();
  }

  private boolean settled(Event.Word word) {
    State state = app.journal().stateOf(task);
    return !(word instanceof Event.Accepted)
        || state.closed()
        || app.journal().state(task).accepted().isEmpty();
  }
}

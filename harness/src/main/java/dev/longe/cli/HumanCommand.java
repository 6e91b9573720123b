package dev.longe.cli;

import dev.longe.core.Event;
import dev.longe.core.Fault;
import dev.longe.core.HumanWord;
import dev.longe.core.State;
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.engine.Engine;
import dev.longe.journal.Inbox;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * A human's word to a task. It goes into the journal's inbox; whoever works on the task takes it,
 * and where nobody does, this process does.
 */
abstract class HumanCommand implements Callable<Integer> {
  private final App app;
  private final boolean goesOn;

  @Parameters(
      index = "0",
      paramLabel = "TASK",
      description = "The id of a task, or its first characters.")
  String task = "";

  @Option(
      names = "--detach",
      description =
          "Record the command and return. A running or later «longe serve» continues the task.")
  boolean detach;

  /**
   * @param goesOn whether work goes on after the word, so that somebody must carry it on
   */
  HumanCommand(App app, boolean goesOn) {
    this.app = app;
    this.goesOn = goesOn;
  }

  App app() {
    return app;
  }

  /** The word of somebody to whom the task stands as {@code state}. */
  abstract Event.Word word(TaskState state);

  /** The word with all that is said besides, once it is known that the task can take it. */
  Event.Word whole(Event.Word word, TaskState state) {
    return word;
  }

  @Override
  public Integer call() {
    TaskId id = app.task(task);
    TaskState state = app.state(id);
    Event.Word word = word(state);
    if (app.far().isPresent()) {
      return new FarWord(app, app.far().get(), id).say(whole(word, state));
    }
    if (word instanceof Event.Resumed && leftBehind(id)) {
      return Work.follow(app, new Follower(app, id, false).fromNow(), id, false);
    }
    Optional<String> refusal = HumanWord.refusal(state, word);
    if (refusal.isPresent() && app.journal().owner(id).isEmpty()) {
      app.err().println(refusal.get());
      return ExitCode.USAGE.code();
    }
    Event.Word whole = whole(word, state);
    Follower follower = new Follower(app, id, false).fromNow();
    long posted = app.journal().inbox().post(id, whole, app.now());
    boolean served = app.journal().serving().isPresent() || busy(id);
    if (detach && !served) {
      app.out().println("Left for the next «longe serve».");
      return ExitCode.OK.code();
    }
    if (!served && goesOn) {
      return carryOn(id, follower, posted);
    }
    waitFor(id, follower, posted, served);
    return refused(posted).orElseGet(() -> outcome(id, word));
  }

  /**
   * Whether the process that worked on it died; then there is work to do, and no word is needed for
   * it.
   */
  private boolean leftBehind(TaskId id) {
    State state = app.state(id).state();
    return !state.rests() && state != State.WAITING && !busy(id);
  }

  private boolean busy(TaskId id) {
    app.journal().sweep();
    return app.journal().owner(id).isPresent();
  }

  private int carryOn(TaskId id, Follower follower, long posted) {
    int code = Work.follow(app, follower, id, false);
    return refused(posted).orElse(code);
  }

  /** Until the word is taken, and what follows from it at once is done. */
  private void waitFor(TaskId id, Follower follower, long posted, boolean served) {
    Engine engine = app.engine(follower);
    Engine.await(() -> {
      if (!served || !busy(id)) {
        Optional<TaskState> _ = engine.once(id);
      }
      follower.tell();
      return app.journal().inbox().result(posted).isPresent() && settled(id, served);
    });
    follower.tell();
    follower.clearStatus();
  }

  /** A landing is waited for; other work is not. */
  private boolean settled(TaskId id, boolean served) {
    TaskState state = app.state(id);
    return state.accepted().isEmpty()
        || state.state().closed()
        || (!served && !app.journal().isReady(id, app.now()));
  }

  private Optional<Integer> refused(long posted) {
    return app.journal()
        .inbox()
        .result(posted)
        .filter(r -> !r.equals(Inbox.TAKEN))
        .map(why -> {
          app.err().println(why);
          return ExitCode.USAGE.code();
        });
  }

  private int outcome(TaskId id, Event.Word word) {
    TaskState state = app.state(id);
    if (word instanceof Event.Accepted && !state.state().closed()) {
      throw new Fault(state.note());
    }
    LastShown.forget(app, state);
    return ExitCode.OK.code();
  }
}

package dev.longe.cli;

import dev.longe.core.Event;
import dev.longe.core.Fault;
import dev.longe.core.HumanWord;
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.tasks.LocalTasks;
import dev.longe.tasks.WordResult;
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
    Follower follower = new Follower(app, id, false).fromNow();
    if (word instanceof Event.Resumed && leftBehind(id)) {
      return Foreground.follow(app, follower, id, false);
    }
    Optional<String> refusal = said(follower, id, word, state);
    if (refusal.isPresent()) {
      app.err().println(refusal.get());
      return ExitCode.USAGE.code();
    }
    follower.tell();
    if (word instanceof Event.Accepted) {
      return landed(id, follower);
    }
    LastShown.forget(app, app.tasks().recorded(id));
    return goesOn && !app.tasks().served(id) ? goOn(id, follower) : ExitCode.OK.code();
  }

  private Optional<String> said(Follower follower, TaskId id, Event.Word word, TaskState state) {
    Optional<String> early = HumanWord.refusal(state, word);
    if (early.isPresent() && !app.tasks().served(id)) {
      return early;
    }
    return Foreground.telling(follower, () -> app.tasks().say(id, whole(word, state)))
            instanceof WordResult.Refused refused
        ? Optional.of(refused.why())
        : Optional.empty();
  }

  private int landed(TaskId id, Follower follower) {
    TaskState after = Foreground.telling(follower, () -> app.tasks().land(id, follower));
    if (!after.state().closed()) {
      throw new Fault(after.note());
    }
    LastShown.forget(app, after);
    return ExitCode.OK.code();
  }

  private int goOn(TaskId id, Follower follower) {
    if (detach) {
      app.out().println("The next «longe serve» continues the task.");
      return ExitCode.OK.code();
    }
    return Foreground.follow(app, follower, id, false);
  }

  /**
   * Whether the process that worked on it died; then there is work to do, and no word is needed.
   */
  private boolean leftBehind(TaskId id) {
    return app.tasks() instanceof LocalTasks local && local.leftBehind(id);
  }
}

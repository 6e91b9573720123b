package dev.longe.cli;

import dev.longe.core.TaskId;
import dev.longe.tasks.WordResult;
import java.util.concurrent.Callable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A human's word to a task, and the work that follows from it. */
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
   * @param goesOn whether work follows the word, which some process must do
   */
  HumanCommand(App app, boolean goesOn) {
    this.app = app;
    this.goesOn = goesOn;
  }

  App app() {
    return app;
  }

  /** Says the word to a task. */
  abstract WordResult say(TaskId id);

  @Override
  public Integer call() {
    TaskId id = app.task(task);
    Follower follower = new Follower(app, id, false).fromNow();
    return switch (Foreground.telling(follower, () -> say(id))) {
      case WordResult.Taken _ -> followed(id, follower);
      case WordResult.Refused refused -> {
        app.err().println(refused.why());
        yield ExitCode.USAGE.code();
      }
    };
  }

  /** What the command does after the task took the word; returns the exit code. */
  int followed(TaskId id, Follower follower) {
    if (!goesOn) {
      return ExitCode.OK.code();
    }
    if (detach) {
      Foreground.leave(app, id);
      return ExitCode.OK.code();
    }
    return app.tasks().served(id)
        ? ExitCode.OK.code()
        : Foreground.follow(app, follower, id, false);
  }
}

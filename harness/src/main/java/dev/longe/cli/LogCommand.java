package dev.longe.cli;

import dev.longe.core.TaskId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code longe log}: all that happened to a task. */
@Command(name = "log")
final class LogCommand implements Callable<Integer> {
  private final App app;

  @Parameters(paramLabel = "TASK", description = "The id of a task, or its first characters.")
  String task = "";

  @Option(
      names = {"-f", "--follow"},
      description =
          "Keep printing new events until the task is proposed, asks, stops or is closed.")
  boolean follow;

  @Option(names = "--json", description = "Print each event as one line of JSON.")
  boolean json;

  LogCommand(App app) {
    this.app = app;
  }

  @Override
  public Integer call() {
    TaskId id = app.task(task);
    Follower follower = new Follower(app, id, json);
    follower.tell();
    if (follow) {
      Foreground.await(() -> {
        follower.tell();
        return app.tasks().recorded(id).state().rests() && !app.tasks().ready(id);
      });
    }
    follower.tell();
    follower.clearStatus();
    return ExitCode.OK.code();
  }
}

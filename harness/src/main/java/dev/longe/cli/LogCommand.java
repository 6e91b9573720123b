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
    follower.tellSetup();
    if (follow) {
      Abandoned abandoned = new Abandoned(id);
      Foreground.await(() -> {
        follower.tell();
        follower.tellSetup();
        abandoned.look();
        return app.tasks().recorded(id).state().rests() && !app.tasks().ready(id);
      });
    }
    follower.tell();
    follower.clearStatus();
    return ExitCode.OK.code();
  }

  /** Tells once that no process works on the task; looks once a second. */
  private final class Abandoned {
    private static final int LOOKS = 20;

    private final TaskId task;
    private int looks;
    private boolean told;

    Abandoned(TaskId task) {
      this.task = task;
    }

    void look() {
      if (!told && looks++ % LOOKS == 0 && app.tasks().abandoned(task)) {
        told = true;
        app.err().println(Foreground.abandoned(task));
      }
    }
  }
}

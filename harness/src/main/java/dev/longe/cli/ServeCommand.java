package dev.longe.cli;

import dev.longe.core.Reason;
import dev.longe.core.Sandboxing;
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.intake.InvalidInput;
import dev.longe.tasks.LocalTasks;
import dev.longe.tasks.ServeObserver;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code longe serve}: works on everything in the queue. */
@Command(name = "serve")
final class ServeCommand implements Callable<Integer> {
  private final App app;

  @Option(names = "--until-idle", description = "End when no task of the queue needs work.")
  boolean untilIdle;

  ServeCommand(App app) {
    this.app = app;
  }

  @Override
  public Integer call() {
    if (!(app.tasks() instanceof LocalTasks tasks)) {
      throw InvalidInput.variable(
          "LONGE_ENGINE", "names a remote engine; use «longe worker» for it");
    }
    Lines lines = new Lines(app);
    try (InterruptNotice _ =
        InterruptNotice.of(
            app.err(), "Interrupted. Tasks are kept; the next «longe serve» continues them.")) {
      tasks.serve(this::banner, idle -> untilIdle && idle, lines);
    }
    app.err().println("No task of the queue needs work; «longe serve» ends.");
    return lines.bad ? ExitCode.FAULT.code() : ExitCode.OK.code();
  }

  private void banner() {
    app.err()
        .println(
            "Longe works on the queue of "
                + app.home().root()
                + "; "
                + app.sandbox().containment().meaning()
                + ".");
    app.installation().tellUnconfined(Sandboxing.DEFAULT, app.err()::println);
  }

  /** One line for the start and one for the end of the work on each task. */
  private static final class Lines implements ServeObserver {
    private final App app;
    private volatile boolean bad;

    Lines(App app) {
      this.app = app;
    }

    @Override
    public void began(TaskId task) {
      app.installation().tellUnconfined(app.state(task).loop().sandbox(), app.err()::println);
      app.err().println(task + "  work starts");
    }

    @Override
    public void ended(TaskState task) {
      String reason = task.reason().map(Reason::code).map(r -> " (" + r + ")").orElse("");
      app.err().println(task.id() + "  work ends: " + task.state().word() + reason);
    }

    @Override
    public void failed(String message) {
      bad = true;
      app.err().println(message);
    }
  }
}

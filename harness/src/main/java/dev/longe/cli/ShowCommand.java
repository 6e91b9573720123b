package dev.longe.cli;

import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.journal.TaskRow;
import dev.longe.report.Views;
import dev.longe.review.DossierData;
import dev.longe.review.DossierText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code longe show}: what a human needs to decide about one task. */
@Command(name = "show")
final class ShowCommand implements Callable<Integer> {
  private final App app;

  @Parameters(paramLabel = "TASK", description = "The id of a task, or its first characters.")
  String task = "";

  @Option(names = "--json", description = "Print JSON.")
  boolean json;

  @Option(names = "--markdown", description = "Print Markdown.")
  boolean markdown;

  ShowCommand(App app) {
    this.app = app;
  }

  @Override
  public Integer call() {
    TaskId id = app.task(task);
    if (json) {
      TaskRow row = app.tasks().row(id);
      app.out()
          .println(Views.task(row, app.state(id), DossierData.of(Dossiers.of(app, app.state(id)))));
    } else {
      TaskState state = app.state(id);
      (markdown ? DossierText.markdown(Dossiers.of(app, state)) : Dossiers.lines(app, state))
          .forEach(app.out()::println);
      LastShown.note(app, state);
    }
    return ExitCode.OK.code();
  }
}

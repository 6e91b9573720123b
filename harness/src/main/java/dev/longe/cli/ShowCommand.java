package dev.longe.cli;

import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.journal.TaskRow;
import dev.longe.report.Views;
import dev.longe.review.Dossier;
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
          .println(
              Views.task(row, app.state(id), DossierData.of(app.tasks().dossier(app.state(id)))));
    } else {
      TaskState state = app.state(id);
      Dossier dossier = app.tasks().dossier(state);
      (markdown ? DossierText.markdown(dossier) : DossierText.terminal(dossier, app.style()))
          .forEach(app.out()::println);
      if (app.tasks().abandoned(id)) {
        app.out().println();
        app.out().println(Foreground.abandoned(id));
      }
      app.tasks().shown(state);
    }
    return ExitCode.OK.code();
  }
}

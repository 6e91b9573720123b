package dev.longe.cli;

import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.effects.SetupProgress;
import dev.longe.intake.InvalidInput;
import dev.longe.journal.TaskRow;
import dev.longe.report.Views;
import dev.longe.review.Dossier;
import dev.longe.review.DossierData;
import dev.longe.review.DossierText;
import java.util.Optional;
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

  @Option(
      names = "--receipt",
      paramLabel = "N",
      description = "Print the output of the run of a check with the receipt N, for example 1-2.")
  Optional<String> receipt = Optional.empty();

  ShowCommand(App app) {
    this.app = app;
  }

  @Override
  public Integer call() {
    TaskId id = app.task(task);
    if (receipt.isPresent()) {
      if (json || markdown) {
        throw InvalidInput.option("--receipt", "prints text; leave out --json and --markdown");
      }
      app.tasks().receipt(app.state(id), receipt.get(), app.out()::println);
    } else if (json) {
      TaskRow row = app.tasks().row(id);
      app.out()
          .println(
              Views.task(row, app.state(id), DossierData.of(app.tasks().dossier(app.state(id)))));
    } else {
      TaskState state = app.state(id);
      Dossier dossier = app.tasks().dossier(state);
      (markdown ? DossierText.markdown(dossier) : DossierText.terminal(dossier, app.style()))
          .forEach(app.out()::println);
      outputs(dossier, id);
      app.tasks().setup(id).ifPresent(this::running);
      if (app.tasks().abandoned(id)) {
        app.out().println();
        app.out().println(Foreground.abandoned(id));
      }
      app.tasks().shown(state);
    }
    return ExitCode.OK.code();
  }

  private void running(SetupProgress setup) {
    app.out().println();
    app.out().println("Setup: " + setup.command());
    app.out().println("  " + setup.shown(app.now()));
    app.out().println("  tail -f " + setup.output());
  }

  private void outputs(Dossier dossier, TaskId id) {
    if (dossier.checked().stream().anyMatch(c -> c.receipt().isPresent())) {
      app.out().println();
      app.out()
          .println(
              "Output of the checks: longe output %s; of the agent: longe transcript %s"
                  .formatted(id, id));
    }
  }
}

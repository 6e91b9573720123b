package dev.longe.cli;

import dev.longe.report.Views;
import dev.longe.tasks.CandidateDiff;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code longe diff}: what a candidate changes. */
@Command(name = "diff")
final class DiffCommand implements Callable<Integer> {
  private final App app;

  @Parameters(paramLabel = "TASK", description = "The id of a task, or its first characters.")
  String task = "";

  @Option(
      names = "--candidate",
      paramLabel = "N",
      description = "Candidate N instead of the newest one.")
  Optional<Integer> number = Optional.empty();

  @Option(names = "--json", description = "Print JSON.")
  boolean json;

  DiffCommand(App app) {
    this.app = app;
  }

  @Override
  public Integer call() {
    CandidateDiff diff =
        CandidateDiff.of(app.tasks(), app.task(task), number, app.style().colour() && !json);
    if (json) {
      app.out()
          .println(
              Views.json(
                  Map.of(
                      "candidate",
                      diff.candidate().commit().id(),
                      "files",
                      diff.candidate().files(),
                      "patch",
                      diff.patch())));
    } else {
      if (!diff.patch().isEmpty()) {
        app.out().println(diff.patch());
      }
      if (diff.isNewest()) {
        app.tasks().shown(diff.task());
      }
    }
    return ExitCode.OK.code();
  }
}

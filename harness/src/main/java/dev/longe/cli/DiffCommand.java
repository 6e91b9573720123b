package dev.longe.cli;

import dev.longe.core.Candidate;
import dev.longe.core.TaskState;
import dev.longe.intake.InvalidInput;
import dev.longe.report.Views;
import dev.longe.workspace.Repository;
import java.nio.file.Path;
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
    TaskState state = app.state(app.task(task));
    Candidate candidate =
        state.attempts().reversed().stream()
            .flatMap(a -> a.candidate().stream())
            .filter(c -> number.map(n -> n == c.number()).orElse(true))
            .findFirst()
            .orElseThrow(
                () -> InvalidInput.option("TASK", state.id() + " has no such candidate yet"));
    Repository repository =
        Repository.at(
            app.sandbox(),
            Path.of(state.submitted().source().repository()),
            app.environment().basic());
    String diff =
        repository.diff(
            state.submitted().source().base(), candidate.commit(), app.style().colour() && !json);
    if (json) {
      app.out()
          .println(
              Views.json(
                  Map.of(
                      "candidate",
                      candidate.commit().id(),
                      "files",
                      candidate.files(),
                      "patch",
                      diff)));
    } else {
      if (!diff.isEmpty()) {
        app.out().println(diff);
      }
      if (state.candidate().equals(Optional.of(candidate))) {
        app.tasks().shown(state);
      }
    }
    return ExitCode.OK.code();
  }
}

package dev.longe.cli;

import dev.longe.core.Attempt;
import dev.longe.core.TaskState;
import dev.longe.intake.InvalidInput;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code longe transcript}: what was said to an agent, and what it printed. */
@Command(name = "transcript")
final class TranscriptCommand implements Callable<Integer> {
  private final App app;

  @Parameters(paramLabel = "TASK", description = "The id of a task, or its first characters.")
  String task = "";

  @Option(
      names = "--attempt",
      paramLabel = "N",
      description = "The number of an attempt. Default: the newest one.")
  Optional<Integer> attempt = Optional.empty();

  TranscriptCommand(App app) {
    this.app = app;
  }

  @Override
  public Integer call() {
    TaskState state = app.state(app.task(task));
    int number =
        attempt
            .or(() -> state.last().map(Attempt::number))
            .orElseThrow(() ->
                InvalidInput.option("TASK", "no attempt of " + state.id() + " has started yet"));
    app.tasks().transcript(state, number, app.out()::println);
    return ExitCode.OK.code();
  }
}

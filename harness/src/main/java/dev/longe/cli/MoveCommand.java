package dev.longe.cli;

import dev.longe.core.TaskId;
import dev.longe.tasks.WordResult;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code longe move}: moves a task to another machine. */
@Command(name = "move")
final class MoveCommand implements Callable<Integer> {
  private final App app;

  @Parameters(paramLabel = "TASK", description = "The id of a task, or its first characters.")
  String task = "";

  @Option(
      names = "--to",
      paramLabel = "NAME",
      description = "The worker to move to. Default: a free one.")
  Optional<String> machine = Optional.empty();

  MoveCommand(App app) {
    this.app = app;
  }

  @Override
  public Integer call() {
    TaskId id = app.task(task);
    WordResult result = WordResult.of(app.team().engine().move(id, machine));
    if (result instanceof WordResult.Refused refused) {
      app.err().println(refused.why());
      return ExitCode.USAGE.code();
    }
    app.out().println(id + " continues on another worker when its work is saved.");
    return ExitCode.OK.code();
  }
}

package dev.longe.cli;

import dev.longe.tasks.Undone;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code longe undo}: reverts a landed change with a new commit. */
@Command(name = "undo")
final class UndoCommand implements Callable<Integer> {
  private final App app;

  @Parameters(paramLabel = "TASK", description = "The id of a task, or its first characters.")
  String task = "";

  @Option(
      names = "--because",
      paramLabel = "TEXT",
      description = "The reason. It becomes part of the commit message.")
  String because = "";

  UndoCommand(App app) {
    this.app = app;
  }

  @Override
  public Integer call() {
    Undone undone = app.tasks().undo(app.task(task), because, app.directory(), app.err()::println);
    app.out()
        .println(
            "Reverted %s: %s on %s"
                .formatted(undone.change().brief(), undone.revert().brief(), undone.ref()));
    return ExitCode.OK.code();
  }
}

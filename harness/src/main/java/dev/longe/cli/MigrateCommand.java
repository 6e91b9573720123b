package dev.longe.cli;

import dev.longe.core.TaskId;
import dev.longe.intake.InvalidInput;
import dev.longe.tasks.Migration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code longe migrate}: moves open tasks from this machine's journal to the remote engine, or
 * back.
 */
@Command(name = "migrate")
final class MigrateCommand implements Callable<Integer> {
  private final App app;

  @Parameters(
      arity = "0..*",
      paramLabel = "TASK",
      description = "Ids of tasks. Default: every open task.")
  List<String> tasks = new ArrayList<>();

  @Option(
      names = "--back",
      description =
          "Move from the server to this machine, into the repository of the current directory.")
  boolean back;

  MigrateCommand(App app) {
    this.app = app;
  }

  @Override
  public Integer call() {
    int stayed = 0;
    try (Migration migration = new Migration(app.team(), app.directory())) {
      for (TaskId task : wanted(migration)) {
        Optional<String> refusal = back ? migration.bring(task) : migration.send(task);
        app.out()
            .println(task + (refusal.isEmpty() ? " is moved" : " is not moved: " + refusal.get()));
        stayed += refusal.isEmpty() ? 0 : 1;
      }
    }
    return stayed == 0 ? ExitCode.OK.code() : ExitCode.USAGE.code();
  }

  private List<TaskId> wanted(Migration migration) {
    List<TaskId> open = back ? migration.openThere() : migration.openHere();
    List<String> unknown =
        tasks.stream().filter(t -> open.stream().noneMatch(o -> o.text().equals(t))).toList();
    if (!unknown.isEmpty()) {
      throw InvalidInput.option("TASK", "there is no open task " + String.join(", ", unknown));
    }
    return tasks.isEmpty() ? open : tasks.stream().map(TaskId::new).toList();
  }
}

package dev.longe.cli;

import dev.longe.report.Replay;
import dev.longe.report.Views;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code longe replay}: decides everything again from the journal. */
@Command(name = "replay")
final class ReplayCommand implements Callable<Integer> {
  private final App app;

  @Parameters(paramLabel = "TASK", description = "The id of a task, or its first characters.")
  String task = "";

  @Option(names = "--json", description = "Print JSON.")
  boolean json;

  ReplayCommand(App app) {
    this.app = app;
  }

  @Override
  public Integer call() {
    Replay replay = Replay.of(app.tasks().entries(app.task(task)));
    if (json) {
      app.out().println(Views.json(replay));
    } else {
      replay.lines().forEach(app.out()::println);
    }
    return (replay.same() ? ExitCode.OK : ExitCode.FAULT).code();
  }
}

package dev.longe.cli;

import dev.longe.engine.Settings;
import dev.longe.intake.InvalidInput;
import dev.longe.sandbox.Owners;
import dev.longe.tasks.RemoteEngine;
import dev.longe.tasks.RemoteTasks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code longe worker}: this machine works for the engine that {@code LONGE_ENGINE} names. */
@Command(name = "worker")
final class WorkerCommand implements Callable<Integer> {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
  private static final int SLOTS_MAX = 1_000;

  private final App app;

  @Option(
      names = "--slots",
      paramLabel = "N",
      description = "How many tasks to work on at once. Default: as in settings.yaml.")
  Optional<Integer> slots = Optional.empty();

  @Option(
      names = "--label",
      paramLabel = "LABEL",
      description = "A label that this machine offers to tasks. Repeatable.")
  List<String> labels = new ArrayList<>();

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The machine's name in the team. Default: its host name.")
  Optional<String> name = Optional.empty();

  WorkerCommand(App app) {
    this.app = app;
  }

  @Override
  public Integer call() {
    RemoteTasks team = app.team();
    Settings settings = app.settings();
    String own = name.orElse(Owners.machine());
    List<String> names = new ArrayList<>(labels);
    names.add(own);
    for (String one : names) {
      if (!NAME.matcher(one).matches()) {
        throw InvalidInput.option(
            "worker", "«" + one + "» is no name: letters, digits, dots and dashes, at most 63");
      }
    }
    int tasks = slots.orElse(settings.slots().machine());
    if (tasks < 1 || tasks > SLOTS_MAX) {
      throw InvalidInput.option("--slots", "must be between 1 and " + SLOTS_MAX);
    }
    int _ = app.sandbox().sweepOrphans();
    CountDownLatch ended = new CountDownLatch(1);
    Ending ending = Ending.onSignal(ended);
    try {
      team.engine()
          .work(
              new RemoteEngine.Offer(own, tasks, labels),
              app.installation(),
              app.err()::println,
              ending::asked);
    } finally {
      ended.countDown();
    }
    return ExitCode.OK.code();
  }
}

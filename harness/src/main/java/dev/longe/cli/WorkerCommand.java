package dev.longe.cli;

import dev.longe.tasks.RemoteEngine;
import dev.longe.tasks.RemoteTasks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code longe worker}: this machine works for the engine that {@code LONGE_ENGINE} names. */
@Command(name = "worker")
final class WorkerCommand implements Callable<Integer> {
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
    RemoteEngine.Offer offer = RemoteEngine.Offer.of(app.installation(), name, slots, labels);
    CountDownLatch ended = new CountDownLatch(1);
    EndSignal ending = EndSignal.onSignal(ended);
    try {
      team.work(offer, app.err()::println, ending::asked);
    } finally {
      ended.countDown();
    }
    return ExitCode.OK.code();
  }
}

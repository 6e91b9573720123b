package dev.longe.cli;

import dev.longe.core.TaskId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code longe run}: works on one task in the foreground until it needs a human. */
@Command(name = "run")
final class RunCommand implements Callable<Integer> {
  private final App app;

  @Mixin TaskOptions options = new TaskOptions();

  @Option(names = "--json", description = "Print each event as one line of JSON.")
  boolean json;

  RunCommand(App app) {
    this.app = app;
  }

  @Override
  public Integer call() {
    TaskId task = Submitting.task(app, app.tasks().submit(options.request(app)));
    return Foreground.follow(app, new Follower(app, task, json), task, json);
  }
}

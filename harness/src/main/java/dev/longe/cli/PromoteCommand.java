package dev.longe.cli;

import dev.longe.core.TaskId;
import dev.longe.tasks.Drafts;
import dev.longe.tasks.TaskRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code longe promote}: makes the findings of an exploration the draft of a task. A human confirms
 * the text; the exploration's code is not used.
 */
@Command(name = "promote")
final class PromoteCommand implements Callable<Integer> {
  private final App app;

  @Parameters(
      index = "0",
      paramLabel = "TASK",
      description = "The id of an exploration that has findings.")
  String task = "";

  @Option(names = "--confirm", description = "Submit the draft, which you have edited, as a task.")
  boolean confirm;

  @Option(
      names = "--loop",
      paramLabel = "NAME",
      description = "The loop of the new task. Default: default.")
  Optional<String> loop = Optional.empty();

  @Option(
      names = "--agent",
      paramLabel = "AGENT",
      description = "The agent of the new task. Default: the loop's agent.")
  Optional<String> agent = Optional.empty();

  @Option(
      names = "--red-check",
      paramLabel = "CMD",
      description = "A check that must fail on the base before an agent starts. Repeatable.")
  List<String> redChecks = new ArrayList<>();

  PromoteCommand(App app) {
    this.app = app;
  }

  @Override
  public Integer call() {
    Drafts drafts = new Drafts(app.tasks());
    TaskId exploration = app.task(task);
    if (confirm) {
      app.out().println(Submitting.task(app, drafts.submit(exploration, request())).text());
    } else {
      app.out().println("Wrote the draft " + drafts.write(exploration));
      app.out()
          .println(
              "Edit it: write what to do, where, and how to see that it is done. Remove its first"
                  + " line.");
      app.out().println("Then: longe promote " + exploration + " --confirm");
    }
    return ExitCode.OK.code();
  }

  private TaskRequest request() {
    TaskOptions options = new TaskOptions();
    options.loop = loop;
    options.agent = agent;
    options.redChecks = redChecks;
    return options.request(app);
  }
}

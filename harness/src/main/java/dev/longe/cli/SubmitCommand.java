package dev.longe.cli;

import dev.longe.core.TaskId;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** {@code longe submit}: puts a task into the queue for {@code longe serve}. */
@Command(name = "submit")
final class SubmitCommand implements Callable<Integer> {
  private final App app;

  @Mixin TaskOptions options = new TaskOptions();

  @Option(names = "--json", description = "Print the task's id as JSON.")
  boolean json;

  SubmitCommand(App app) {
    this.app = app;
  }

  @Override
  public Integer call() {
    TaskId task = Submitting.task(app, app.tasks().submit(options.request(app)));
    app.out()
        .println(
            json ? new JsonMapper().writeValueAsString(Map.of("id", task.text())) : task.text());
    if (!json && !app.tasks().served(task)) {
      app.err().println("The task is in the queue; «longe serve» works on it.");
    }
    return ExitCode.OK.code();
  }
}

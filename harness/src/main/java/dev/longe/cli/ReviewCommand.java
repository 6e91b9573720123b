package dev.longe.cli;

import dev.longe.core.State;
import dev.longe.core.TaskId;
import dev.longe.journal.TaskRow;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code longe review}: walks the queue of what waits for a human's decision. */
@Command(name = "review")
final class ReviewCommand implements Callable<Integer> {
  private final App app;

  @Parameters(
      arity = "0..1",
      paramLabel = "TASK",
      description = "The id of one task. Default: every task that waits for you, oldest first.")
  Optional<String> task = Optional.empty();

  ReviewCommand(App app) {
    this.app = app;
  }

  @Override
  public Integer call() throws IOException {
    List<TaskId> queue = new ArrayList<>();
    if (task.isPresent()) {
      queue.add(app.task(task.get()));
    } else {
      for (TaskRow row : app.tasks().rows()) {
        if (row.state().equals(State.PROPOSED.word()) || row.state().equals(State.ASKING.word())) {
          queue.add(row.id());
        }
      }
    }
    if (queue.isEmpty()) {
      app.out().println("No task waits for you.");
      return ExitCode.OK.code();
    }
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(app.in(), StandardCharsets.UTF_8))) {
      for (int i = 0; i < queue.size(); i++) {
        app.out().printf("%n%s%n", app.style().dim("%d of %d".formatted(i + 1, queue.size())));
        if (!new ReviewSession(app, in, queue.get(i)).run()) {
          break;
        }
      }
    }
    return ExitCode.OK.code();
  }
}

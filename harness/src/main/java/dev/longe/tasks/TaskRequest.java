package dev.longe.tasks;

import dev.longe.intake.Overrides;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A request for a new task. It is not checked yet.
 *
 * @param text what is to be done
 * @param directory absolute; relative paths of programs and scripts start here
 * @param repository a directory of the repository; a relative path starts in {@code directory}
 * @param loop the name of a loop, or the path of one in the repository; empty for the loop {@code
 *     default}, where there is one
 * @param overrides parts of the loop that are different for this task
 * @param labels what the machine that works on the task must offer
 */
public record TaskRequest(
    String text,
    Path directory,
    Path repository,
    Optional<String> loop,
    Overrides overrides,
    List<String> labels) {
  public TaskRequest {
    labels = List.copyOf(labels);
  }

  /** The same request with another text. */
  public TaskRequest saying(String other) {
    return new TaskRequest(other, directory, repository, loop, overrides, labels);
  }
}

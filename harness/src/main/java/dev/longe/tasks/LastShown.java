package dev.longe.tasks;

import dev.longe.core.Commit;
import dev.longe.core.Fault;
import dev.longe.core.TaskState;
import dev.longe.home.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The candidate that a human at this installation was shown last. A decision without a review
 * session is about this candidate. Text output counts as shown, JSON output does not.
 */
final class LastShown {
  private LastShown() {}

  /** Notes that the task's newest candidate was shown. */
  static void note(Home home, TaskState task) {
    if (!task.state().closed()) {
      task.candidateCommit().ifPresent(commit -> write(home.shown(task.id()), commit));
    }
  }

  /** The commit that was shown last; the newest candidate's if none was shown. */
  static Optional<Commit> of(Home home, TaskState task) {
    Path file = home.shown(task.id());
    return Files.exists(file) ? Optional.of(read(file)) : task.candidateCommit();
  }

  /** Removes the record of a closed task. */
  static void forget(Home home, TaskState task) {
    if (task.state().closed()) {
      Path file = home.shown(task.id());
      try {
        boolean _ = Files.deleteIfExists(file);
      } catch (IOException e) {
        throw unusable(file, e);
      }
    }
  }

  private static Commit read(Path file) {
    try {
      return new Commit(Files.readString(file).strip());
    } catch (IOException e) {
      throw unusable(file, e);
    }
  }

  private static void write(Path file, Commit commit) {
    try {
      Files.createDirectories(file.resolveSibling("."));
      Files.writeString(file, commit.id());
    } catch (IOException e) {
      throw unusable(file, e);
    }
  }

  private static Fault unusable(Path file, IOException e) {
    return new Fault("The file %s can't be used (%s).".formatted(file, e), e);
  }
}

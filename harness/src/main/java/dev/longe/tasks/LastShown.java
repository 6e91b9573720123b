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
 * The candidate that the human at this installation was shown last, so that a decision without a
 * review session is about that one. A text for people counts as shown, JSON for programs does not.
 */
final class LastShown {
  private LastShown() {}

  /** Notes that the task's newest candidate was shown. */
  static void note(Home home, TaskState task) {
    if (!task.state().closed()) {
      task.candidateCommit().ifPresent(commit -> write(home.shown(task.id()), commit));
    }
  }

  /** The commit that was shown last; the newest candidate's where none was shown. */
  static Optional<Commit> of(Home home, TaskState task) {
    Path file = home.shown(task.id());
    return Files.exists(file) ? Optional.of(read(file)) : task.candidateCommit();
  }

  /** Forgets what was shown of a task, if it is closed. */
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

package dev.longe.tasks;

import dev.longe.core.Candidate;
import dev.longe.core.TaskState;
import dev.longe.effects.Installation;
import dev.longe.review.CandidateChange;
import dev.longe.review.Dossier;
import dev.longe.workspace.Repository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Creates dossiers of tasks, with the change if its repository can be read. */
final class Dossiers {
  private Dossiers() {}

  static Dossier of(Installation installation, TaskState task) {
    return of(task, change(installation, task));
  }

  static Dossier of(TaskState task, Optional<CandidateChange> change) {
    return change.map(c -> Dossier.of(task, c)).orElseGet(() -> Dossier.of(task));
  }

  /**
   * The newest candidate's change; empty if there is no candidate or the repository no longer
   * exists.
   */
  static Optional<CandidateChange> change(Installation installation, TaskState task) {
    Path where = Path.of(task.submitted().source().repository());
    Optional<Candidate> candidate = task.candidate();
    if (candidate.isEmpty() || !Files.isDirectory(where)) {
      return Optional.empty();
    }
    Repository repository = installation.repository(where);
    return repository
        .resolve(candidate.get().commit().id())
        .map(_ -> CandidateChange.of(task, repository, candidate.get()));
  }
}

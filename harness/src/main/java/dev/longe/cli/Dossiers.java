package dev.longe.cli;

import dev.longe.core.Candidate;
import dev.longe.core.TaskState;
import dev.longe.review.CandidateChange;
import dev.longe.review.Dossier;
import dev.longe.review.DossierText;
import dev.longe.workspace.Repository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Dossiers of tasks, with the change where its repository can be read. */
final class Dossiers {
  private Dossiers() {}

  static Dossier of(App app, TaskState task) {
    return change(app, task).map(c -> Dossier.of(task, c)).orElseGet(() -> Dossier.of(task));
  }

  static List<String> lines(App app, TaskState task) {
    return DossierText.terminal(of(app, task), app.style());
  }

  /** The newest candidate's change; empty where there is none, or no repository any more. */
  static Optional<CandidateChange> change(App app, TaskState task) {
    Path where = Path.of(task.submitted().source().repository());
    Optional<Candidate> candidate = task.candidate();
    if (candidate.isEmpty() || !Files.isDirectory(where)) {
      return Optional.empty();
    }
    Repository repository = repository(app, task);
    boolean here = repository.resolve(candidate.get().commit().id()).isPresent();
    return here
        ? Optional.of(CandidateChange.of(task, repository, candidate.get()))
        : Optional.empty();
  }

  static Repository repository(App app, TaskState task) {
    return Repository.at(
        app.sandbox(), Path.of(task.submitted().source().repository()), app.environment().basic());
  }
}

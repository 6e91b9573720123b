package dev.longe.cli;

import dev.longe.core.TaskState;
import dev.longe.intake.InvalidInput;
import dev.longe.workspace.Repository;

/** Who reviews: the name under which the user commits in the task's repository. */
final class Reviewer {
  private Reviewer() {}

  static String of(App app, TaskState task) {
    return where(app, task)
        .identity()
        .orElseThrow(() ->
            InvalidInput.option(
                "reviewer",
                "git does not know who you are; run «git config user.name NAME» and «git config"
                    + " user.email ADDRESS» in "
                    + task.submitted().source().repository()));
  }

  /** The copy of a shared repository knows nobody; the clone in which the user stands does. */
  private static Repository where(App app, TaskState task) {
    return app.elsewhere().isPresent()
        ? Repository.at(app.sandbox(), app.directory(), app.environment().basic())
        : Dossiers.repository(app, task);
  }
}

package dev.longe.cli;

import dev.longe.core.TaskState;
import dev.longe.intake.InvalidInput;

/** Who reviews: the name under which the user commits in the task's repository. */
final class Reviewer {
  private Reviewer() {}

  static String of(App app, TaskState task) {
    return Dossiers.repository(app, task)
        .identity()
        .orElseThrow(() ->
            InvalidInput.option(
                "reviewer",
                "git does not know who you are; run «git config user.name NAME» and «git config"
                    + " user.email ADDRESS» in "
                    + task.submitted().source().repository()));
  }
}

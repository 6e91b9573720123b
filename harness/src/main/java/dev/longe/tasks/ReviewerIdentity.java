package dev.longe.tasks;

import dev.longe.intake.InvalidInput;
import dev.longe.workspace.Repository;

/** The reviewer: the name under which the user commits in a repository. */
final class ReviewerIdentity {
  private ReviewerIdentity() {}

  static String of(Repository repository) {
    return repository
        .identity()
        .orElseThrow(() ->
            InvalidInput.option(
                "reviewer",
                "git does not know who you are; run «git config user.name NAME» and «git config"
                    + " user.email ADDRESS» in "
                    + repository.top()));
  }
}

package dev.longe.core;

import java.util.Optional;

/**
 * The repository, target branch and base of a task.
 *
 * @param repository the absolute path of the user's repository
 * @param target the branch that a candidate may land on; empty if the repository has no branch
 *     checked out
 * @param base the commit from which the work starts and from which loop file, checks and guards are
 *     taken
 */
public record Source(String repository, Optional<String> target, Commit base) {
  public Source {
    Require.text(repository, "repository");
  }
}

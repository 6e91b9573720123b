package dev.longe.core;

import java.util.Optional;

/**
 * Where a task's work comes from and where it may land.
 *
 * @param repository the absolute path of the user's repository
 * @param target the branch that a candidate may land on; none where the repository has no branch
 *     checked out
 * @param base the commit that the work starts from, and that loop file, checks and guards are taken
 *     from
 */
public record Source(String repository, Optional<String> target, Commit base) {
  public Source {
    Require.text(repository, "repository");
  }
}

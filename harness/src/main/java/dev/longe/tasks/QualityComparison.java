package dev.longe.tasks;

import dev.longe.check.CodeTree;
import dev.longe.core.Commit;
import dev.longe.effects.Installation;
import dev.longe.intake.InvalidInput;
import dev.longe.quality.Delta;
import dev.longe.quality.Metrics;
import dev.longe.quality.Quality;
import dev.longe.workspace.Repository;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Measures of a repository's code, and what a change adds to them.
 *
 * @param before the measures of the base; those of no code if no base was given
 * @param addedLines how many lines were added since the base; empty if no base was given
 */
public record QualityComparison(
    Metrics before, Metrics candidate, Delta delta, Optional<Integer> addedLines) {
  /**
   * @param directory a directory in the repository
   * @param base the name of a commit to compare with
   * @param at the name of the commit to measure; empty for the work tree
   * @throws InvalidInput if there is no such commit
   * @throws dev.longe.core.Fault if the repository can't be used
   */
  public static QualityComparison of(
      Installation installation, Path directory, Optional<String> base, Optional<String> at) {
    Repository repository = installation.repository(directory);
    Quality quality = new Quality(installation.home().quality(repository.top()));
    Metrics candidate =
        quality.measure(
            at.isPresent() || repository.bare()
                ? CodeTree.of(repository, commit(repository, at.orElse("HEAD"), "--at"))
                : CodeTree.workTree(repository));
    Optional<Commit> from = base.map(b -> commit(repository, b, "BASE"));
    Metrics before =
        quality.measure(
            CodeTree.of(
                repository, from.map(c -> CodeTree.of(repository, c).files()).orElse(Map.of())));
    Optional<Integer> added =
        from.map(
            c -> repository.content().addedLines(c, at.map(a -> commit(repository, a, "--at"))));
    return new QualityComparison(before, candidate, Delta.between(before, candidate), added);
  }

  private static Commit commit(Repository repository, String name, String parameter) {
    return repository
        .resolve(name)
        .orElseThrow(() -> InvalidInput.option(parameter, "there is no commit «" + name + "»"));
  }
}

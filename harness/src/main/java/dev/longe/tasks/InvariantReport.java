package dev.longe.tasks;

import dev.longe.core.Fault;
import dev.longe.core.Invariant;
import dev.longe.effects.Installation;
import dev.longe.intake.InvariantsFile;
import dev.longe.quality.Quality;
import dev.longe.workspace.Globs;
import dev.longe.workspace.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The invariants of a repository, and the code that no invariant covers.
 *
 * @param unclaimed how many code files no invariant covers, by directory
 */
public record InvariantReport(List<Coverage> claims, SortedMap<String, Integer> unclaimed) {
  public InvariantReport {
    claims = List.copyOf(claims);
  }

  /**
   * An invariant.
   *
   * @param files how many files of the work tree it covers
   */
  public record Coverage(Invariant invariant, long files) {}

  /**
   * The invariants of the work tree of a repository.
   *
   * @param directory a directory in the repository
   * @throws dev.longe.intake.InvalidInput with everything that is wrong in the invariants' file
   * @throws Fault if the repository can't be used
   */
  public static InvariantReport of(Installation installation, Path directory) {
    Repository repository = installation.repository(directory);
    List<String> files = repository.content().workFiles();
    List<Invariant> all = read(repository.top().resolve(InvariantsFile.PATH));
    return new InvariantReport(
        all.stream().map(i -> new Coverage(i, bearing(i, files))).toList(), unclaimed(all, files));
  }

  private static List<Invariant> read(Path file) {
    if (!Files.isRegularFile(file)) {
      return List.of();
    }
    try {
      return InvariantsFile.parse(InvariantsFile.PATH, Files.readString(file));
    } catch (IOException e) {
      throw new Fault(file + " can't be read: " + e.getMessage(), e);
    }
  }

  private static long bearing(Invariant invariant, List<String> files) {
    Globs globs = new Globs(invariant.paths());
    return files.stream().filter(globs::match).count();
  }

  private static SortedMap<String, Integer> unclaimed(List<Invariant> all, List<String> files) {
    Globs claimed = new Globs(all.stream().flatMap(i -> i.paths().stream()).toList());
    SortedMap<String, Integer> directories = new TreeMap<>();
    files.stream()
        .filter(f -> Quality.isCode(f) && !Quality.isTest(f) && !claimed.match(f))
        .forEach(f -> {
          int slash = f.lastIndexOf('/');
          directories.merge(slash < 0 ? "." : f.substring(0, slash), 1, Integer::sum);
        });
    return directories;
  }
}

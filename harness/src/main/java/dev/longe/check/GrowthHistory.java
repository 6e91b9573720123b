package dev.longe.check;

import dev.longe.core.Commit;
import dev.longe.quality.Measure;
import dev.longe.quality.Metrics;
import dev.longe.quality.Quality;
import dev.longe.workspace.Content;
import dev.longe.workspace.Repository;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * How much a repository's earlier commits increased each measure. Growth is compared with the
 * repository's own history, because no fixed threshold fits all repositories.
 */
final class GrowthHistory {
  /** Number of earlier commits to compare with. Own choice: a few weeks of an active repository. */
  private static final int COMMITS = 40;

  /** Minimum number of earlier commits for a comparison. */
  private static final int COMMITS_MIN = 8;

  private final Map<Measure, List<Double>> growths = new EnumMap<>(Measure.class);
  private final int size;

  private GrowthHistory(int size) {
    this.size = size;
  }

  static GrowthHistory of(Repository repository, Quality quality, Commit base) {
    List<Content.Change> changes =
        repository.content().history(base, COMMITS).stream()
            .filter(c -> !c.before().isEmpty())
            .toList();
    Map<String, String> all = new HashMap<>();
    for (int i = 0; i < changes.size(); i++) {
      String place = i + "/";
      changes.get(i).before().forEach((path, id) -> all.put(place + "a/" + path, id));
      changes.get(i).after().forEach((path, id) -> all.put(place + "b/" + path, id));
    }
    Metrics _ = quality.measure(CodeTree.of(repository, all)); // measures all contents in one pass
    GrowthHistory history = new GrowthHistory(changes.size());
    for (Content.Change change : changes) {
      Metrics before = quality.measure(CodeTree.of(repository, change.before()));
      Metrics after = quality.measure(CodeTree.of(repository, change.after()));
      for (Measure m : Measure.values()) {
        history
            .growths
            .computeIfAbsent(m, _ -> new ArrayList<>())
            .add(after.measure(m) - before.measure(m));
      }
    }
    return history;
  }

  /**
   * The share of earlier commits, 0 to 1, that increased a measure by less; empty if there are too
   * few earlier commits.
   */
  OptionalDouble rank(Measure measure, double growth) {
    if (size < COMMITS_MIN) {
      return OptionalDouble.empty();
    }
    List<Double> all = growths.getOrDefault(measure, List.of());
    return OptionalDouble.of(all.stream().filter(g -> g < growth).count() / (double) all.size());
  }
}

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
 * How much a repository's own earlier commits made each measure grow: no threshold is good for all
 * repositories.
 */
final class GrowthHistory {
  /** Own choice: a few weeks of a lively repository. */
  private static final int COMMITS = 40;

  /** With fewer earlier commits nothing is usual yet. */
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
    Metrics _ = quality.measure(CodeTree.of(repository, all)); // one reading for all of them
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

  /** The part of the earlier commits that grew a measure by less. */
  OptionalDouble rank(Measure measure, double growth) {
    if (size < COMMITS_MIN) {
      return OptionalDouble.empty();
    }
    List<Double> all = growths.getOrDefault(measure, List.of());
    return OptionalDouble.of(all.stream().filter(g -> g < growth).count() / (double) all.size());
  }
}

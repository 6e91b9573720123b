package dev.longe.engine;

import dev.longe.core.Event;
import dev.longe.core.ReviewLoad;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Computes the load of the reviewers. The decider decides whether new work has to wait for them.
 */
public record Capacity(Settings.Reviewing reviewing) {
  /** How many of the latest reviews count. */
  public static final int REVIEWS_MAX = 200;

  private static final Duration WEEK = Duration.ofDays(7);

  /** A review that was given. */
  public record Given(Instant at, Event.Reviewed review) {}

  /**
   * Computes the load.
   *
   * @param waiting changed lines that wait for review
   * @param last reviews, at most {@value #REVIEWS_MAX}
   */
  public ReviewLoad load(int waiting, List<Given> last, Instant now) {
    Map<String, List<Given>> byReviewer =
        last.stream()
            .collect(
                Collectors.groupingBy(g -> g.review().by(), TreeMap::new, Collectors.toList()));
    return new ReviewLoad(
        waiting,
        reviewing.minutes(),
        reviewing.linesAnHour(),
        byReviewer.values().stream().map(own -> reviewer(own, now)).toList());
  }

  private static ReviewLoad.Reviewer reviewer(List<Given> own, Instant now) {
    List<Double> rates =
        own.stream()
            .map(Given::review)
            .filter(r -> r.lines() > 0 && r.took().toSeconds() > 0)
            .map(r -> r.lines() * 3600.0 / r.took().toSeconds())
            .sorted()
            .toList();
    double middle = rates.isEmpty() ? 0 : rates.get(rates.size() / 2);
    return new ReviewLoad.Reviewer(minutesUsed(own, now), rates.size(), middle);
  }

  private static double minutesUsed(List<Given> reviews, Instant now) {
    return reviews.stream()
        .filter(g -> g.at().isAfter(now.minus(WEEK)))
        .mapToDouble(g -> g.review().took().toSeconds() / 60.0)
        .sum();
  }
}

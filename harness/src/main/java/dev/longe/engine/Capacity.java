package dev.longe.engine;

import dev.longe.core.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How much finished work the reviewers still have time for this week. New work of the kind that
 * must be reviewed waits when there is more; what explores goes on.
 */
public record Capacity(Settings.Reviewing reviewing) {
  /** How many of the last reviews count. */
  public static final int REVIEWS_MAX = 200;

  private static final Duration WEEK = Duration.ofDays(7);

  /** With fewer reviews the rate of the settings holds. */
  private static final int REVIEWS_MIN = 5;

  /** Who is faster than that skims (SmartBear: below 500 lines an hour). */
  private static final double RATE_MAX = 500;

  /** A review that was given. */
  public record Given(Instant at, Event.Reviewed review) {}

  /**
   * Why new work has to wait; empty where it need not.
   *
   * @param waiting changed lines that wait for review
   * @param last reviews, at most {@value #REVIEWS_MAX}
   */
  public Optional<String> full(int waiting, List<Given> last, Instant now) {
    if (waiting == 0) {
      return Optional.empty();
    }
    Map<String, List<Given>> reviews =
        last.stream().collect(Collectors.groupingBy(g -> g.review().by()));
    double possible =
        reviews.isEmpty()
            ? linesLeft(List.of(), now)
            : reviews.values().stream().mapToDouble(own -> linesLeft(own, now)).sum();
    return waiting <= possible
        ? Optional.empty()
        : Optional.of(
            "%d lines wait for review, there is time for %d this week; review some, or set review.minutes."
                .formatted(waiting, Math.round(possible)));
  }

  /** The lines that one reviewer still has time for, at the rate that is known of them. */
  private double linesLeft(List<Given> own, Instant now) {
    return linesAnHour(own) * Math.max(0, reviewing.minutes() - minutesUsed(own, now)) / 60;
  }

  /** The middle rate of the last real reviews. */
  private double linesAnHour(List<Given> reviews) {
    List<Double> rates =
        reviews.stream()
            .map(Given::review)
            .filter(r -> r.lines() > 0 && r.took().toSeconds() > 0)
            .map(r -> Math.min(RATE_MAX, r.lines() * 3600.0 / r.took().toSeconds()))
            .sorted()
            .toList();
    return rates.size() < REVIEWS_MIN ? reviewing.linesAnHour() : rates.get(rates.size() / 2);
  }

  private static double minutesUsed(List<Given> reviews, Instant now) {
    return reviews.stream()
        .filter(g -> g.at().isAfter(now.minus(WEEK)))
        .mapToDouble(g -> g.review().took().toSeconds() / 60.0)
        .sum();
  }
}

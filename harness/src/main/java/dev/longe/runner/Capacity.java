package dev.longe.runner;

import dev.longe.core.Candidate;
import dev.longe.core.Decision;
import dev.longe.core.Event;
import dev.longe.core.Mode;
import dev.longe.core.State;
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.journal.Entry;
import dev.longe.journal.Journal;
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
final class Capacity {
  private static final Duration WEEK = Duration.ofDays(7);

  /** With fewer reviews the rate of the settings holds. */
  private static final int REVIEWS_MIN = 5;

  private static final int REVIEWS_MAX = 200;

  /** Who is faster than that skims (SmartBear: below 500 lines an hour). */
  private static final double RATE_MAX = 500;

  private final Journal journal;
  private final Settings settings;

  Capacity(Journal journal, Settings settings) {
    this.journal = journal;
    this.settings = settings;
  }

  /** Why a task's first attempt has to wait; empty where it need not. */
  Optional<String> full(TaskState task, Decision.Start start, Instant now) {
    if (start.attempt() > 1 || task.loop().mode() == Mode.EXPLORE) {
      return Optional.empty();
    }
    int waiting = unreviewed();
    if (waiting == 0) {
      return Optional.empty();
    }
    Map<String, List<Entry>> reviews =
        journal.search().last(Event.Reviewed.class, REVIEWS_MAX).stream()
            .collect(Collectors.groupingBy(e -> ((Event.Reviewed) e.event()).by()));
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
  private double linesLeft(List<Entry> own, Instant now) {
    return linesAnHour(own) * Math.max(0, settings.review().minutes() - minutesUsed(own, now)) / 60;
  }

  private int unreviewed() {
    int lines = 0;
    for (TaskId id : journal.search().in(State.PROPOSED, State.ASKING)) {
      TaskState task = journal.state(id);
      if (task.acceptable() && task.accepted().isEmpty()) {
        lines += task.candidate().map(Candidate::diffLines).orElse(0);
      }
    }
    return lines;
  }

  /** The middle rate of the last real reviews. */
  private double linesAnHour(List<Entry> reviews) {
    List<Double> rates =
        reviews.stream()
            .map(e -> (Event.Reviewed) e.event())
            .filter(r -> r.lines() > 0 && r.took().toSeconds() > 0)
            .map(r -> Math.min(RATE_MAX, r.lines() * 3600.0 / r.took().toSeconds()))
            .sorted()
            .toList();
    return rates.size() < REVIEWS_MIN
        ? settings.review().linesAnHour()
        : rates.get(rates.size() / 2);
  }

  private static double minutesUsed(List<Entry> reviews, Instant now) {
    return reviews.stream()
        .filter(e -> e.at().isAfter(now.minus(WEEK)))
        .mapToDouble(e -> ((Event.Reviewed) e.event()).took().toSeconds() / 60.0)
        .sum();
  }
}

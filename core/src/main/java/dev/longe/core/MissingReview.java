package dev.longe.core;

import java.util.List;
import java.util.Optional;

/** Checks that an acceptance carries a review of the candidate. */
final class MissingReview {
  private MissingReview() {}

  /**
   * Returns why a word is refused that accepts a candidate without a review of it, or that is a
   * review without an acceptance; empty if the word is neither.
   */
  static Optional<String> of(TaskState s, Event.Word word) {
    return switch (word) {
      case Event.Accepted yes -> yes.review().map(r -> incomplete(s, r)).orElseGet(() -> none(s));
      case Event.Reviewed _ ->
          Optional.of("A review must come together with an acceptance; this one came alone.");
      case Event.Steered _,
          Event.PauseAsked _,
          Event.StopAsked _,
          Event.Resumed _,
          Event.Answered _,
          Event.TakenOver _,
          Event.Rejected _,
          Event.Discarded _,
          Event.Outcome _ ->
          Optional.empty();
    };
  }

  private static Optional<String> none(TaskState s) {
    boolean known = s.reviews().stream().anyMatch(r -> r.attempt() == s.attempts().size());
    return known
        ? Optional.empty()
        : Optional.of(
            "The acceptance has no review of attempt %d of %s, and no earlier review of it is recorded."
                .formatted(s.attempts().size(), s.id()));
  }

  private static Optional<String> incomplete(TaskState s, Event.Reviewed review) {
    if (review.attempt() != s.attempts().size()) {
      return Optional.of(
          "The review is about attempt %d; %s is at attempt %d."
              .formatted(review.attempt(), s.id(), s.attempts().size()));
    }
    return review.tier() == Tier.HIGH && !enough(review.insights())
        ? Optional.of(
            "The risk of the change of %s is high; its review needs an explanation and a prediction, or a waiver."
                .formatted(s.id()))
        : Optional.empty();
  }

  private static boolean enough(List<Insight> insights) {
    List<Insight.Kind> kinds = insights.stream().map(Insight::kind).toList();
    return kinds.contains(Insight.Kind.WAIVED)
        || kinds.containsAll(List.of(Insight.Kind.EXPLAINED, Insight.Kind.PREDICTED));
  }
}

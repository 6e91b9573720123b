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
          Optional.of("A review is said together with its acceptance; this one is alone.");
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
            "This acceptance carries no review of attempt %d of %s, and none was made before."
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
            "The review of %s, a change of the high tier, has neither explanation and prediction nor a waiver."
                .formatted(s.id()))
        : Optional.empty();
  }

  private static boolean enough(List<Insight> insights) {
    List<Insight.Kind> kinds = insights.stream().map(Insight::kind).toList();
    return kinds.contains(Insight.Kind.WAIVED)
        || kinds.containsAll(List.of(Insight.Kind.EXPLAINED, Insight.Kind.PREDICTED));
  }
}

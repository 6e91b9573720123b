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
    List<Event.Reviewed> earlier =
        s.reviews().stream().filter(r -> r.attempt() == s.attempts().size()).toList();
    if (earlier.isEmpty()) {
      return Optional.of(
          "The acceptance has no review of attempt %d of %s, and no earlier review of it is recorded."
              .formatted(s.attempts().size(), s.id()));
    }
    return earlier.stream().anyMatch(MissingReview::suffices)
        ? Optional.empty()
        : Optional.of(insufficient(s));
  }

  private static Optional<String> incomplete(TaskState s, Event.Reviewed review) {
    if (review.attempt() != s.attempts().size()) {
      return Optional.of(
          "The review is about attempt %d; %s is at attempt %d."
              .formatted(review.attempt(), s.id(), s.attempts().size()));
    }
    return suffices(review) ? Optional.empty() : Optional.of(insufficient(s));
  }

  private static boolean suffices(Event.Reviewed review) {
    return review.tier().satisfiedBy(review.insights());
  }

  private static String insufficient(TaskState s) {
    return "The risk of the change of %s is high; its review needs an explanation and a prediction, or a waiver with a reason."
        .formatted(s.id());
  }
}

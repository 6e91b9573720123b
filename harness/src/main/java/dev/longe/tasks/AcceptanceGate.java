package dev.longe.tasks;

import dev.longe.core.Event;
import dev.longe.core.HumanWord;
import dev.longe.core.Insight;
import dev.longe.core.TaskState;
import dev.longe.core.Tier;
import dev.longe.review.Dossier;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Checks whether a human may accept a candidate: they must have reviewed it as its tier requires,
 * or waive the review. Every acceptance is checked here before it reaches an engine. The engine
 * checks with {@link HumanWord} what it can check without the repository.
 */
final class AcceptanceGate {
  private AcceptanceGate() {}

  /**
   * Why an acceptance is refused, in one sentence; empty where it may be said.
   *
   * @param dossier of the task's present candidate
   */
  static Optional<String> refusal(TaskState task, Event.Accepted word, Supplier<Dossier> dossier) {
    return HumanWord.refusal(task, word)
        .or(() -> word.review().flatMap(review -> otherTier(task, review, dossier.get().tier())));
  }

  private static Optional<String> otherTier(TaskState task, Event.Reviewed review, Tier tier) {
    return review.tier() == tier
        ? Optional.empty()
        : Optional.of(
            "The review says that the risk of the change of %s is %s; it is %s."
                .formatted(task.id(), review.tier().word(), tier.word()));
  }

  /** The review event for the journal if the human did no review. */
  static Event.Reviewed unread(
      TaskState task, String by, Dossier dossier, Optional<String> waiver) {
    return new Event.Reviewed(
        task.attempts().size(),
        by,
        dossier.tier(),
        List.of(new Insight(Insight.Kind.WAIVED, waiver.orElse("accepted without «longe review»"))),
        Duration.ZERO,
        dossier.lines());
  }

  /**
   * Whether the present attempt was reviewed before. Its acceptance then needs no second review.
   */
  static boolean reviewed(TaskState task) {
    return task.reviews().stream().anyMatch(r -> r.attempt() == task.attempts().size());
  }
}

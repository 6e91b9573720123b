package dev.longe.tasks;

import dev.longe.core.Commit;
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
        .or(() -> {
          List<Event.Reviewed> reviews = word.review().map(List::of).orElseGet(() -> earlier(task));
          Tier tier = dossier.get().tier();
          return suffices(reviews, tier) ? Optional.empty() : otherTier(task, reviews, tier);
        });
  }

  private static Optional<String> otherTier(
      TaskState task, List<Event.Reviewed> reviews, Tier tier) {
    return reviews.stream()
        .map(Event.Reviewed::tier)
        .filter(said -> said != tier)
        .findFirst()
        .map(said ->
            "The review says that the risk of the change of %s is %s; it is %s."
                .formatted(task.id(), said.word(), tier.word()));
  }

  private static boolean suffices(List<Event.Reviewed> reviews, Tier tier) {
    return reviews.stream().anyMatch(r -> r.tier() == tier && tier.satisfiedBy(r.insights()));
  }

  /** The recorded reviews of the present attempt. */
  private static List<Event.Reviewed> earlier(TaskState task) {
    return task.reviews().stream().filter(r -> r.attempt() == task.attempts().size()).toList();
  }

  /**
   * The acceptance of a human who did no review now. It needs none if the present attempt was
   * reviewed before as its tier requires.
   *
   * @param saw the candidate that the human saw
   */
  static Event.Accepted unread(
      TaskState task,
      String by,
      Dossier dossier,
      Optional<Commit> saw,
      Acceptance.Request request) {
    Event.Reviewed none =
        new Event.Reviewed(
            task.attempts().size(),
            by,
            dossier.tier(),
            List.of(new Insight(Insight.Kind.WAIVED, request.waiver().orElse(""))),
            Duration.ZERO,
            dossier.lines());
    boolean known = suffices(earlier(task), dossier.tier());
    return new Event.Accepted(
        by, request.branchOnly(), saw, known ? Optional.empty() : Optional.of(none));
  }

  /** Whether an acceptance is refused only because its review is not what its tier requires. */
  static boolean lacksReview(TaskState task, Event.Accepted word) {
    return HumanWord.refusalOfOld(task, word).isEmpty()
        && word.review().filter(r -> !r.tier().satisfiedBy(r.insights())).isPresent();
  }
}

package dev.longe.core.policy;

import dev.longe.core.Policy;
import dev.longe.core.ReviewLoad;

/** Computes how many lines the reviewers have time for this week. */
public final class ReviewTime {
  private ReviewTime() {}

  /** Whether more lines wait for review than the reviewers have time for. */
  public static boolean full(ReviewLoad load, Policy.Reviewing policy) {
    return load.waiting() > linesPossible(load, policy);
  }

  /** The lines that the reviewers still have time for; one reviewer is assumed if none is known. */
  static double linesPossible(ReviewLoad load, Policy.Reviewing policy) {
    return load.reviewers().isEmpty()
        ? linesPossible(load, new ReviewLoad.Reviewer(0, 0, 0), policy)
        : load.reviewers().stream().mapToDouble(r -> linesPossible(load, r, policy)).sum();
  }

  /** The lines of one reviewer, at the reviewer's own rate if enough reviews are known. */
  private static double linesPossible(
      ReviewLoad load, ReviewLoad.Reviewer reviewer, Policy.Reviewing policy) {
    double linesAnHour =
        reviewer.reviews() < policy.ratedReviews()
            ? load.linesAnHour()
            : Math.min(policy.linesAnHourMax(), reviewer.linesAnHour());
    return linesAnHour * Math.max(0, load.minutes() - reviewer.minutesUsed()) / 60;
  }
}

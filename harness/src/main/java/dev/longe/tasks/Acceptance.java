package dev.longe.tasks;

import java.util.List;
import java.util.Optional;

/** The result of an acceptance without a review session. */
public sealed interface Acceptance {
  /** The word was said. */
  record Said(WordResult result) implements Acceptance {}

  /**
   * Nothing was said, because a change of the high tier needs a review, or a waiver with its
   * reason.
   *
   * @param reasons why the change is in the high tier
   */
  record NeedsReview(List<String> reasons) implements Acceptance {
    public NeedsReview {
      reasons = List.copyOf(reasons);
    }
  }

  /**
   * What the user asks for.
   *
   * @param branchOnly whether the change goes onto a branch of its own
   * @param waiver why the change is accepted without a review; empty where nothing is waived
   */
  record Request(boolean branchOnly, Optional<String> waiver) {}
}

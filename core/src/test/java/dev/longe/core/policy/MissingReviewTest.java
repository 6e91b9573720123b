package dev.longe.core.policy;

import static dev.longe.core.policy.Story.ended;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.core.Event;
import dev.longe.core.HumanWord;
import dev.longe.core.Insight;
import dev.longe.core.TaskState;
import dev.longe.core.Tier;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An acceptance says what the human did to understand the candidate. */
final class MissingReviewTest {
  private final TaskState task = new Story(Story.loop()).attempts(ended("t1")).state;

  private static Event.Accepted alone(TaskState s) {
    return new Event.Accepted("Ada", false, s.candidateCommit(), Optional.empty());
  }

  @Test
  @Tag("I18")
  void acceptanceWithoutAReview_isRefused_butTakenFromAnOldJournal() {
    assertThat(HumanWord.refusal(task, alone(task)))
        .hasValueSatisfying(r -> assertThat(r).contains("has no review of attempt 1"));
    assertThat(HumanWord.refusalOfOld(task, alone(task))).isEmpty();
    assertThat(task.after(alone(task)).accepted()).isPresent();
  }

  /** A landing was refused, and the same candidate is accepted again. */
  @Test
  @Tag("I18")
  void acceptanceAfterAReviewOfTheSameAttempt_needsNoSecondOne() {
    TaskState refused =
        task.after(Said.accepted(task)).after(new Event.LandingRefused("conflict", List.of()));
    assertThat(HumanWord.refusal(refused, alone(refused))).isEmpty();
    TaskState later =
        new Story(Story.loop())
            .attempts(ended("t1"))
            .says(Said::accepted)
            .happens(new Event.LandingRefused("conflict", List.of()))
            .says(s -> Said.rejected(s, "too long"))
            .attempts(ended("t2"))
            .state;
    assertThat(HumanWord.refusal(later, alone(later))).isPresent();
  }

  @Test
  @Tag("I18")
  void reviewOfAnotherAttempt_isRefused() {
    Event.Reviewed other = Said.accepted(task).review().orElseThrow();
    TaskState twice =
        new Story(Story.loop())
            .attempts(ended("t1"))
            .says(s -> Said.rejected(s, "too long"))
            .attempts(ended("t2"))
            .state;
    Event.Accepted yes =
        new Event.Accepted("Ada", false, twice.candidateCommit(), Optional.of(other));
    assertThat(HumanWord.refusal(twice, yes))
        .contains("The review is about attempt 1; abcde is at attempt 2.");
  }

  @Test
  @Tag("I18")
  void highTier_needsExplanationAndPrediction_orAWaiver() {
    assertThat(refusal(Tier.HIGH, Insight.Kind.REVIEWED)).isPresent();
    assertThat(refusal(Tier.HIGH, Insight.Kind.REVIEWED, Insight.Kind.EXPLAINED)).isPresent();
    assertThat(refusal(Tier.HIGH, Insight.Kind.EXPLAINED, Insight.Kind.PREDICTED)).isEmpty();
    assertThat(refusal(Tier.HIGH, Insight.Kind.WAIVED)).isEmpty();
    assertThat(refusal(Tier.MEDIUM, Insight.Kind.REVIEWED)).isEmpty();
  }

  private Optional<String> refusal(Tier tier, Insight.Kind... did) {
    return HumanWord.refusal(task, Said.accepted(task, tier, did));
  }

  @Test
  @Tag("I18")
  void reviewWithoutAnAcceptance_isRefused_butTakenFromAnOldJournal() {
    Event.Reviewed review = Said.accepted(task).review().orElseThrow();
    assertThat(HumanWord.refusal(task, review))
        .hasValueSatisfying(r -> assertThat(r).contains("together with an acceptance"));
    assertThat(HumanWord.refusalOfOld(task, review)).isEmpty();
  }
}

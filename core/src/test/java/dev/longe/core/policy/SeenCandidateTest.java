package dev.longe.core.policy;

import static dev.longe.core.policy.Story.ended;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.core.Commit;
import dev.longe.core.Event;
import dev.longe.core.HumanWord;
import dev.longe.core.Stop;
import dev.longe.core.TaskState;
import dev.longe.core.Tier;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A human's decision is about the candidate that the human saw. */
final class SeenCandidateTest {
  private static final Commit FIRST = new Commit("%040d".formatted(1));
  private static final Commit SECOND = new Commit("%040d".formatted(2));

  /** Proposed, rejected, and proposed again with a second candidate. */
  private static TaskState proposedTwice() {
    return new Story(Story.loop())
        .attempts(ended("t1"))
        .says(s -> Said.rejected(s, "too long"))
        .attempts(ended("t2"))
        .state;
  }

  private static TaskState asking() {
    return new Story(Story.loop())
        .attempts(ended("t1"))
        .says(s -> Said.rejected(s, "too long"))
        .attempts(Story.stopped(new Stop.Asked("which?"), "t2"))
        .state;
  }

  private static List<Event.OnCandidate> decisions(Optional<Commit> saw) {
    return List.of(
        new Event.Accepted("Ada", false, saw, Optional.of(review())),
        new Event.Rejected("no", saw),
        new Event.Discarded(saw),
        new Event.TakenOver("Ada", saw));
  }

  private static Event.Reviewed review() {
    return new Event.Reviewed(2, "Ada", Tier.LOW, List.of(), Duration.ofMinutes(3), 1);
  }

  static List<Event.OnCandidate> ofTheFirst() {
    return decisions(Optional.of(FIRST));
  }

  static List<Event.OnCandidate> ofTheSecond() {
    return decisions(Optional.of(SECOND));
  }

  static List<Event.OnCandidate> ofNone() {
    return decisions(Optional.empty());
  }

  @ParameterizedTest
  @Tag("I18")
  @MethodSource("ofTheSecond")
  void decisionAboutThePresentCandidate_isTaken(Event.OnCandidate word) {
    assertThat(HumanWord.refusal(proposedTwice(), word)).isEmpty();
  }

  @ParameterizedTest
  @Tag("I18")
  @MethodSource("ofTheFirst")
  void decisionAboutAnEarlierCandidate_isRefused_withWhatChanged(Event.OnCandidate word) {
    assertThat(HumanWord.refusal(proposedTwice(), word))
        .contains(
            "The candidate of abcde changed: you saw 0000000000 of attempt 1 (+1 −0 lines, 1 file);"
                + " now it has 0000000000 of attempt 2 (+1 −0 lines, 1 file). Look at it with"
                + " «longe show abcde», then repeat the command.");
    assertThat(HumanWord.refusalOfOld(proposedTwice(), word)).isPresent();
  }

  /** Release 0.1.0 wrote none; what is said now must name one. */
  @ParameterizedTest
  @Tag("I18")
  @MethodSource("ofNone")
  void decisionWithoutACandidate_isRefused_butTakenFromAnOldJournal(Event.OnCandidate word) {
    TaskState task = proposedTwice();
    assertThat(HumanWord.refusal(task, word))
        .hasValueSatisfying(
            r -> assertThat(r).contains("names no candidate").contains("attempt 2"));
    assertThat(HumanWord.refusalOfOld(task, word)).isEmpty();
    assertThat(task.after(word)).isNotEqualTo(task);
  }

  @Test
  @Tag("I18")
  void answer_namesTheCandidateToo() {
    TaskState task = asking();
    assertThat(HumanWord.refusal(task, Said.answered(task, "the left one"))).isEmpty();
    assertThat(HumanWord.refusal(task, new Event.Answered("left", Optional.of(FIRST)))).isPresent();
    assertThat(HumanWord.refusal(task, new Event.Answered("left", Optional.empty()))).isPresent();
  }

  @Test
  @Tag("I18")
  void commitThatIsNoCandidate_isRefused() {
    Event.Word word = new Event.Rejected("no", Optional.of(new Commit("f".repeat(40))));
    assertThat(HumanWord.refusal(proposedTwice(), word))
        .hasValueSatisfying(
            r -> assertThat(r).contains("ffffffffff, which is not a candidate of this task"));
  }

  @Test
  @Tag("I18")
  void taskWithoutACandidate_isDiscardedWithoutNamingOne() {
    TaskState queued = new Story(Story.loop()).state;
    assertThat(HumanWord.refusal(queued, new Event.Discarded(Optional.empty()))).isEmpty();
    assertThat(HumanWord.refusal(queued, new Event.Discarded(Optional.of(FIRST))))
        .hasValueSatisfying(r -> assertThat(r).contains("no candidate"));
  }

  @Test
  @Tag("I18")
  void acceptance_carriesItsReview() {
    TaskState task = proposedTwice();
    Event.Reviewed review = review();
    TaskState accepted =
        task.after(new Event.Accepted("Ada", false, task.candidateCommit(), Optional.of(review)));
    assertThat(accepted.reviews()).containsExactly(review);
    assertThat(task.after(review).reviews()).containsExactly(review);
  }
}

package dev.longe.core.policy;

import static dev.longe.core.policy.Story.ended;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longe.core.Breaker;
import dev.longe.core.Capabilities;
import dev.longe.core.Event;
import dev.longe.core.Grant;
import dev.longe.core.Money;
import dev.longe.core.MoveStep;
import dev.longe.core.Policy;
import dev.longe.core.Reason;
import dev.longe.core.ReviewLoad;
import dev.longe.core.State;
import dev.longe.core.TaskState;
import dev.longe.core.policy.Decision.Admit.AdmissionFact;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What holds a start up: reviewers' time, quota, money; and in which order it is asked for. */
final class AdmissionTest {
  private static final Policy.Reviewing REVIEWING = Policy.DEFAULT.reviewing();
  private static final Instant LATER = Story.NOW.plusSeconds(90);
  private static final ReviewLoad BUSY = new ReviewLoad(301, 60, 300, List.of());

  private static Story story() {
    return new Story(Story.loop());
  }

  private static Event.AdmissionAsked asked(Story s) {
    return s.events.stream()
        .filter(e -> e instanceof Event.AdmissionAsked)
        .map(e -> (Event.AdmissionAsked) e)
        .reduce((_, later) -> later)
        .orElseThrow();
  }

  private static Event.Deferred deferred(Story s) {
    return (Event.Deferred) s.events.getLast();
  }

  /** The questions of one start, in order, where each answer lets it go on. */
  private static List<AdmissionFact> asked(TaskState state) {
    List<AdmissionFact> all = new ArrayList<>();
    Event.AdmissionAsked known = Event.AdmissionAsked.nothing(Story.NOW);
    TaskState now = state;
    while (Story.decide(now) instanceof Decision.Admit a) {
      all.add(a.fact());
      known =
          switch (a.fact()) {
            case REVIEWERS -> known.with(new ReviewLoad(0, 60, 300, List.of()));
            case QUOTA -> known.with(new Breaker("claude", Optional.empty()));
            case MONEY -> known.with(new Grant(new Money(1), LATER));
          };
      now = state.after(known);
    }
    return all;
  }

  @Test
  @Tag("D36")
  @Tag("D41")
  void firstAttempt_asksForReviewersQuotaMoney_laterOnesForQuotaAndMoney() {
    assertThat(asked(story().attempts().state))
        .containsExactly(AdmissionFact.REVIEWERS, AdmissionFact.QUOTA, AdmissionFact.MONEY);
    assertThat(asked(new Story(Story.exploring(Story.loop())).attempts().state))
        .containsExactly(AdmissionFact.QUOTA, AdmissionFact.MONEY);
    assertThat(asked(story().attempts(ended("t1", "x")).state))
        .containsExactly(AdmissionFact.QUOTA, AdmissionFact.MONEY);
  }

  @Test
  @Tag("D41")
  void moreUnreviewedLinesThanTime_wait_andNothingElseIsAskedFor() {
    Story s = story().reviewers(BUSY).attempts(ended("t1"));
    assertThat(deferred(s).reason()).isEqualTo(Reason.REVIEW_CAPACITY);
    assertThat(deferred(s).until()).isEqualTo(Story.NOW.plus(REVIEWING.retry()));
    assertThat(deferred(s).detail())
        .startsWith("301 lines wait for review, and the reviewers have time for 300");
    assertThat(asked(s).quota()).isEmpty();
    assertThat(asked(s).money()).isEmpty();
    s.reviewers(new ReviewLoad(300, 60, 300, List.of())).happens(new Event.Woken()).attempts();
    assertThat(s.state.state()).isEqualTo(State.PROPOSED);
    Story exploring = new Story(Story.exploring(Story.loop())).reviewers(BUSY).attempts(ended("t"));
    assertThat(exploring.state.state()).isEqualTo(State.PROPOSED);
  }

  @Test
  @Tag("D36")
  @Tag("I15")
  void usedUpQuota_waitsForItsReset_andNoMoneyIsReserved() {
    Story s =
        new Story(Story.loop(List.of(new MoveStep(MoveStep.Kind.CONTINUE, 1)), Story.run(false)));
    s.quota(LATER).attempts(ended("t1"));
    assertThat(deferred(s))
        .isEqualTo(
            new Event.Deferred(Reason.RATE_LIMITED, LATER, "The quota of claude is used up."));
    assertThat(asked(s).money()).isEmpty();
    assertThat(Story.decide(s.state)).isInstanceOf(Decision.Rest.class);
    s.quotaIsThere().happens(new Event.Woken()).attempts();
    assertThat(s.state.state()).isEqualTo(State.PROPOSED);
    assertThat(s.state.attempts()).hasSize(1);
  }

  @Test
  @Tag("D36")
  @Tag("I7")
  void noMoney_waitsTheRetry_butNotBeyondTheDay() {
    Story dayEnds = story().money(Money.ZERO).attempts(ended("t1"));
    assertThat(deferred(dayEnds).until()).isEqualTo(Story.NOW.plusSeconds(60));
    TaskState s = story().attempts().state;
    Event.AdmissionAsked none =
        Event.AdmissionAsked.nothing(Story.NOW)
            .with(new ReviewLoad(0, 60, 300, List.of()))
            .with(new Breaker("claude", Optional.empty()))
            .with(new Grant(Money.ZERO, Story.NOW.plus(Duration.ofHours(9))));
    assertThat(Story.decide(s.after(none)))
        .isInstanceOfSatisfying(
            Decision.Defer.class,
            d ->
                assertThat(d.deferred().until())
                    .isEqualTo(Story.NOW.plus(Policy.DEFAULT.retries().moneyRetry())));
  }

  private static double possible(int minutes, int linesAnHour, ReviewLoad.Reviewer... who) {
    return ReviewTime.linesPossible(
        new ReviewLoad(1, minutes, linesAnHour, List.of(who)), REVIEWING);
  }

  @Test
  @Tag("D41")
  void reviewersTime_isTheirOwnRate_onceEnoughReviewsTellIt() {
    assertThat(possible(60, 300)).isEqualTo(300);
    assertThat(possible(60, 300, new ReviewLoad.Reviewer(30, 4, 100))).isEqualTo(150);
    assertThat(possible(60, 300, new ReviewLoad.Reviewer(30, 5, 100))).isEqualTo(50);
    assertThat(possible(60, 300, new ReviewLoad.Reviewer(0, 5, 9_000))).isEqualTo(500);
    assertThat(possible(60, 300, new ReviewLoad.Reviewer(90, 5, 100))).isZero();
    ReviewLoad.Reviewer one = new ReviewLoad.Reviewer(30, 5, 100);
    assertThat(possible(60, 300, one, one)).isEqualTo(100);
  }

  /** What was learned belongs to what is written with it: a later start asks anew. */
  @Test
  @Tag("D36")
  void facts_holdForTheNextEventAlone() {
    Story s = story().attempts(ended("t1", "x"));
    assertThat(s.events.stream().filter(e -> e instanceof Event.AdmissionAsked)).hasSize(1);
    assertThat(s.state.admission()).isEmpty();
    TaskState known = s.state.after(Event.AdmissionAsked.nothing(Story.NOW));
    assertThat(known.admission()).isPresent();
    assertThat(known.after(new Event.PauseAsked()).admission()).isEmpty();
    assertThatThrownBy(() -> story().happens(Event.AdmissionAsked.nothing(Story.NOW)))
        .isInstanceOf(IllegalStateException.class);
  }

  /** A judge that fails is admitted each time, and stops the task all the same. */
  @Test
  @Tag("D34")
  void admission_doesNotHideFaultsInARow() {
    TaskState faulted = story().attempts().state.after(new Event.Faulted("check", "no disk"));
    TaskState again = faulted.after(Event.AdmissionAsked.nothing(Story.NOW));
    assertThat(again.after(new Event.Faulted("check", "no disk")).faults()).isEqualTo(2);
  }

  /** A journal of release 0.1.0 has starts and waits without what led to them. */
  @Test
  @Tag("I6")
  void startsWithoutAdmission_foldAsBefore() {
    TaskState s = story().attempts().state;
    TaskState waiting = s.after(new Event.Deferred(Reason.BUDGET, LATER, "no money"));
    assertThat(Decider.readyAt(waiting)).contains(LATER);
    TaskState started =
        waiting
            .after(new Event.Woken())
            .after(
                new Event.AttemptStarted(
                    1, 1, 0, new Capabilities(true, true, true), 1, new Money(5_000_000)));
    assertThat(started.running()).isPresent();
  }
}

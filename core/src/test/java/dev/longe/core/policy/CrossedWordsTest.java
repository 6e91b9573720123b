package dev.longe.core.policy;

import static dev.longe.core.policy.Story.ended;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.core.AgentSpec;
import dev.longe.core.Capabilities;
import dev.longe.core.CheckName;
import dev.longe.core.CheckSpec;
import dev.longe.core.Event;
import dev.longe.core.HumanWord;
import dev.longe.core.Limits;
import dev.longe.core.Loop;
import dev.longe.core.Money;
import dev.longe.core.Policy;
import dev.longe.core.Reason;
import dev.longe.core.State;
import dev.longe.core.Stop;
import dev.longe.core.Usage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Words of a human that cross with what the harness does at the same time. */
final class CrossedWordsTest {
  private static Event.Word discarded(Story s) {
    return new Event.Discarded(s.state.candidateCommit());
  }

  /** The target may have moved already; only the landing finds that out. */
  @Test
  @Tag("I9")
  void acceptance_isNotTakenBack_whileTheChangeLands() {
    Story s = new Story(Story.loop()).attempts(ended("t1"));
    s.happens(new Event.Accepted("you", false, s.state.candidateCommit(), Optional.empty()));
    assertThat(HumanWord.refusal(s.state, discarded(s))).get().asString().contains("land");
    assertThat(HumanWord.refusal(s.state, new Event.Rejected("no", s.state.candidateCommit())))
        .isPresent();
    assertThat(HumanWord.refusal(s.state, new Event.TakenOver("you", s.state.candidateCommit())))
        .isPresent();
    s.happens(new Event.LandingRefused("conflict", List.of()));
    assertThat(HumanWord.refusal(s.state, discarded(s))).isEmpty();
    assertThat(HumanWord.refusal(s.state, new Event.Rejected("no", s.state.candidateCommit())))
        .isEmpty();
  }

  @Test
  @Tag("D14")
  void pause_isTakenBack_whileItsAttemptStillEnds() {
    Story s = new Story(Story.loop()).attempts();
    Decision.Start start = Story.start(s.state);
    s.happens(
        new Event.AttemptStarted(
            1, start.session(), 0, new Capabilities(true, true, true), 1, Money.ZERO));
    s.happens(new Event.PauseAsked());
    Event.Word resumed = new Event.Resumed(Limits.Raise.NOTHING);
    assertThat(HumanWord.refusal(s.state, resumed)).isEmpty();
    s.happens(resumed);
    s.happens(new Event.AttemptEnded(1, new Stop.Interrupted(), Usage.NONE, Duration.ZERO));
    assertThat(s.state.pauseAsked()).isFalse();
    assertThat(Story.decide(s.state)).isInstanceOf(Decision.Snapshot.class);
  }

  /** An attempt that died with the harness is gone on with, whatever it has spent. */
  @Test
  @Tag("D13")
  @Tag("I7")
  void attempt_isNotStarted_onceTheTasksOwnMoneyIsSpent() {
    Story s =
        new Story(Story.loop())
            .happens(new Event.PolicySet(Policy.DEFAULT))
            .attempts(Story.stopped(new Stop.Lost(), "t1").costing("5.10"));
    assertThat(s.decisions()).endsWith("continue lost", "stop limit-money");
    assertThat(s.state.attempts()).hasSize(1);
    Limits.Raise more =
        new Limits.Raise(
            Optional.empty(),
            Optional.of(new Money(9_000_000)),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    s.happens(new Event.Resumed(more)).attempts(ended("t2"));
    assertThat(s.state.state()).isEqualTo(State.PROPOSED);
  }

  private static Loop judged() {
    return Story.loop(
        Loop.DEFAULT_MOVES,
        new CheckSpec.Judge(
            new CheckName("judge"),
            new AgentSpec("model", List.of("m")),
            List.of("It says why."),
            Duration.ofMinutes(1)));
  }

  /** Such a judge would wait for the day's money for ever. */
  @Test
  @Tag("D38")
  @Tag("I7")
  void judge_isNotAsked_onceTheTasksOwnMoneyIsSpent() {
    Story s =
        new Story(judged())
            .happens(new Event.PolicySet(Policy.DEFAULT))
            .attempts(ended("t1").costing("5.10"));
    assertThat(s.decisions()).endsWith("stop limit-money");
    assertThat(s.state.last().orElseThrow().checked()).isEmpty();
  }

  /** Its journal and its workflow contain the question for money and the wait. */
  @Test
  @Tag("I6")
  @Tag("I19")
  void taskOfTheFirstRelease_asksForMoney_thoughItsOwnIsSpent() {
    Story judge =
        new Story(judged()).spendsAllAtTheFirstAttempt().attempts(ended("t1").costing("5.10"));
    assertThat(judge.state.reason()).contains(Reason.BUDGET);
    Story lost =
        new Story(Story.loop())
            .spendsAllAtTheFirstAttempt()
            .attempts(Story.stopped(new Stop.Lost(), "t1").costing("5.10"));
    assertThat(lost.decisions()).endsWith("continue lost");
    assertThat(lost.state.reason()).contains(Reason.BUDGET);
  }
}

package dev.longe.core.policy;

import static dev.longe.core.policy.Story.ended;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.core.Event;
import dev.longe.core.Limits;
import dev.longe.core.Loop;
import dev.longe.core.Policy;
import dev.longe.core.Reason;
import dev.longe.core.State;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A human's pause or stop while a setup, a check or a landing runs. */
final class InterruptionTest {
  private static final Event RESUMED = new Event.Resumed(Limits.Raise.NOTHING);

  private static Story story(boolean red) {
    return new Story(Story.loop(Loop.DEFAULT_MOVES, Story.run(red)))
        .happens(new Event.PolicySet(Policy.DEFAULT));
  }

  /** A task whose candidate is saved and not checked yet. */
  private static Story checking() {
    return story(false).attemptsUntil(State.CHECKING, ended("t1"));
  }

  @Test
  @Tag("D15")
  void stopWhileACheckRuns_isNoVerdict_andResumeRunsItAgain() {
    Story s = checking().happens(new Event.StopAsked()).attempts();
    assertThat(s.decisions()).endsWith("stop stopped-by-user");
    assertThat(s.state.last().orElseThrow().checked()).isEmpty();
    assertThat(s.state.faults()).isZero();
    s.happens(RESUMED);
    assertThat(Story.decide(s.state)).isInstanceOf(Decision.Check.class);
    s.attempts();
    assertThat(s.state.state()).isEqualTo(State.PROPOSED);
    assertThat(s.state.attempts()).hasSize(1);
  }

  @Test
  @Tag("D14")
  void pauseWhileACheckRuns_waits_andResumeRunsItAgain() {
    Story s = checking().happens(new Event.PauseAsked()).attempts();
    assertThat(s.decisions()).endsWith("wait paused");
    assertThat(Decider.readyAt(s.state)).isEmpty();
    s.happens(RESUMED).attempts();
    assertThat(s.state.state()).isEqualTo(State.PROPOSED);
    assertThat(s.state.attempts()).hasSize(1);
  }

  @Test
  @Tag("D15")
  void pausedTask_canBeStopped_andGoesOnWithTheCheck() {
    Story s = checking().happens(new Event.PauseAsked()).attempts();
    s.happens(new Event.StopAsked()).attempts();
    assertThat(s.decisions()).endsWith("wait paused", "stop stopped-by-user");
    s.happens(RESUMED);
    assertThat(Story.decide(s.state)).isInstanceOf(Decision.Check.class);
  }

  @Test
  @Tag("D14")
  @Tag("D15")
  void setup_isRunAgain_andABaseThatWasCheckedIsNot() {
    Story s = story(true).happens(new Event.Claimed(1, "here"));
    s.happens(new Event.PauseAsked()).attempts();
    assertThat(s.decisions()).containsExactly("wait paused");
    s.happens(RESUMED);
    assertThat(Story.decide(s.state)).isInstanceOf(Decision.Prepare.class);
    s.happens(new Event.Prepared(Story.BASE_TREE)).happens(new Event.StopAsked()).attempts();
    s.happens(RESUMED);
    assertThat(Story.decide(s.state)).isInstanceOf(Decision.CheckBase.class);
  }

  @Test
  @Tag("D32")
  void stopWhileItLands_leavesItProposed() {
    Story s = story(false).attempts(ended("t1"));
    s.happens(new Event.Accepted("you", false, s.state.candidateCommit(), Optional.empty()));
    s.happens(new Event.StopAsked()).happens(new Event.LandingRefused("stopped", List.of()));
    s.attempts();
    assertThat(s.state.state()).isEqualTo(State.PROPOSED);
    assertThat(s.state.acceptable()).isTrue();
  }

  /** Its journals say what followed: a new attempt. */
  @Test
  @Tag("I19")
  void taskOfTheFirstRelease_isDecidedAsThen() {
    Story s =
        new Story(Story.loop())
            .attemptsUntil(State.CHECKING, ended("t1"))
            .happens(new Event.PauseAsked());
    assertThat(Story.decide(s.state)).isInstanceOf(Decision.Check.class);
    s.happens(new Event.StopAsked()).attempts();
    s.happens(RESUMED);
    assertThat(Story.decide(s.state))
        .isInstanceOfSatisfying(
            Decision.Take.class, t -> assertThat(t.decided().reason()).isEqualTo(Reason.RESUMED));
  }
}

package dev.longe.core.policy;

import static dev.longe.core.policy.Story.broken;
import static dev.longe.core.policy.Story.ended;
import static dev.longe.core.policy.Story.loop;
import static dev.longe.core.policy.Story.run;
import static dev.longe.core.policy.Story.stopped;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.core.Attempt;
import dev.longe.core.Capabilities;
import dev.longe.core.CheckName;
import dev.longe.core.CheckSpec;
import dev.longe.core.Command;
import dev.longe.core.Event;
import dev.longe.core.HumanWord;
import dev.longe.core.Limits;
import dev.longe.core.Loop;
import dev.longe.core.Money;
import dev.longe.core.Move;
import dev.longe.core.MoveStep;
import dev.longe.core.Policy;
import dev.longe.core.Reason;
import dev.longe.core.State;
import dev.longe.core.Stop;
import dev.longe.core.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The state table of the design document; each row's id is a tag here. */
final class DeciderTest {
  private static final Stop.Ended ENDED = new Stop.Ended();

  private static List<MoveStep> moves(MoveStep... steps) {
    return List.of(steps);
  }

  private static MoveStep step(MoveStep.Kind kind, int times) {
    return new MoveStep(kind, times);
  }

  private static Story story() {
    return new Story(loop());
  }

  @Test
  @Tag("D1")
  @Tag("D2")
  void queued_isClaimedThenPrepared() {
    Story s = story();
    assertThat(Story.decide(s.state)).isInstanceOf(Decision.Claim.class);
    s.happens(new Event.Claimed(1, "here"));
    assertThat(s.state.state()).isEqualTo(State.PREPARING);
    assertThat(Story.decide(s.state)).isInstanceOf(Decision.Prepare.class);
  }

  @Test
  @Tag("D3")
  @Tag("D6")
  @Tag("I4")
  void redCheck_failsOnBase_startsFresh() {
    Story s = new Story(loop(Loop.DEFAULT_MOVES, run(true))).attempts();
    assertThat(s.state.base()).hasSize(1);
    assertThat(s.decisions()).containsExactly("fresh first");
    assertThat(Story.start(s.state).move()).isEqualTo(Move.FRESH);
  }

  @Test
  @Tag("D4")
  @Tag("I4")
  void redCheck_passesOnBase_stops() {
    Story s =
        new Story(loop(Loop.DEFAULT_MOVES, run(true)))
            .onBase(new Verdict.Passed(Story.TESTS, OptionalDouble.empty()))
            .attempts();
    assertThat(s.decisions()).containsExactly("stop red-not-red");
    assertThat(s.state.attempts()).isEmpty();
  }

  @Test
  @Tag("D5")
  void redCheck_brokenTwice_stops() {
    Story s = new Story(loop(Loop.DEFAULT_MOVES, run(true))).onBase(broken(), broken()).attempts();
    assertThat(s.state.base()).hasSize(2);
    assertThat(s.decisions()).containsExactly("stop verifier-broken");
  }

  @Test
  @Tag("D7")
  @Tag("D16")
  void attemptEnded_isSavedCheckedProposed() {
    Story s = story().attempts(ended("t1"));
    assertThat(s.state.state()).isEqualTo(State.PROPOSED);
    assertThat(s.decisions()).containsExactly("fresh first", "propose checks-passed");
  }

  @Test
  @Tag("D7")
  void crashed_whoseWorkPasses_isProposedAllTheSame() {
    Story s = story().attempts(stopped(new Stop.Crashed(3, ""), "t1"));
    assertThat(s.state.state()).isEqualTo(State.PROPOSED);
  }

  @Test
  @Tag("D8")
  void asked_goesToTheHumanUnchecked() {
    Story s = story().attempts(stopped(new Stop.Asked("which?"), "t1", "x"));
    assertThat(s.decisions()).endsWith("ask agent-asked");
    assertThat(s.state.note()).isEqualTo("which?");
    assertThat(s.state.last().orElseThrow().checked()).isEmpty();
  }

  @Test
  @Tag("D9")
  void cannot_goesToTheHuman() {
    Story s = story().attempts(stopped(new Stop.Cannot("contradiction"), "t1", "x"));
    assertThat(s.decisions()).endsWith("ask agent-cannot");
  }

  /** A loop that never hands off. */
  private static Story staying() {
    return new Story(
        Story.loop(List.of(new MoveStep(MoveStep.Kind.CONTINUE, 2)), Story.run(false)));
  }

  @Test
  @Tag("D10")
  @Tag("I15")
  void rateLimited_waitsForTheReset_burnsNoAttempt() {
    Stop limited = new Stop.RateLimited(Story.NOW.plusSeconds(90));
    Story s = staying().attempts(stopped(limited, "t1"));
    assertThat(s.state.state()).isEqualTo(State.WAITING);
    assertThat(Decider.readyAt(s.state)).contains(Story.NOW.plusSeconds(90));
    assertThat(s.state.attemptsCounted()).isZero();
    s.happens(new Event.Woken()).attempts(ended("t2"));
    assertThat(s.decisions()).contains("continue rate-limited");
    assertThat(s.state.last().orElseThrow().session()).isEqualTo(1);
    assertThat(s.state.state()).isEqualTo(State.PROPOSED);
  }

  @Test
  @Tag("D10")
  @Tag("I17")
  void rateLimited_forEver_endsWithTheHuman() {
    Stop limited = new Stop.RateLimited(Story.NOW);
    Story s = story();
    for (int i = 0; i <= Policy.DEFAULT.outages().quotaWaits(); i++) {
      s.attempts(stopped(limited, "t"));
      if (s.state.state() == State.WAITING) {
        s.happens(new Event.Woken());
      }
    }
    assertThat(s.state.state()).isEqualTo(State.ASKING);
  }

  @Test
  @Tag("D12")
  @Tag("I17")
  void outagesOfAllKinds_takingTurns_endWithTheHuman() {
    Story s = story();
    for (int i = 0; i < Policy.DEFAULT.outages().uncounted(); i++) {
      s.attempts(stopped(new Stop.RateLimited(Story.NOW), "t"));
      if (s.state.state() == State.WAITING) {
        s.happens(new Event.Woken());
      }
      s.attempts(stopped(new Stop.ProviderDown("500", Story.NOW), "t"));
      if (s.state.state() == State.WAITING) {
        s.happens(new Event.Woken());
      }
    }
    assertThat(s.state.state()).isEqualTo(State.ASKING);
  }

  @Test
  @Tag("D11")
  void refused_handsOver_thenAsks() {
    Story s =
        story()
            .attempts(stopped(new Stop.Refused("401"), "t"), stopped(new Stop.Refused("401"), "t"));
    assertThat(s.decisions()).contains("hand-off agent-refused").endsWith("ask agent-refused");
    assertThat(s.state.last().orElseThrow().agent()).isEqualTo(1);
  }

  @Test
  @Tag("D12")
  void providerDown_waitsLonger_thenHandsOver() {
    Stop down = new Stop.ProviderDown("500", Story.NOW);
    Story s = story().attempts(stopped(down, "t"));
    assertThat(s.state.until()).contains(Story.NOW.plus(Duration.ofMinutes(1)));
    s.happens(new Event.Woken()).attempts(stopped(down, "t"));
    assertThat(s.state.until()).contains(Story.NOW.plus(Duration.ofMinutes(5)));
    s.happens(new Event.Woken()).attempts(stopped(down, "t"));
    assertThat(s.decisions()).endsWith("hand-off provider-down");
  }

  @Test
  @Tag("D13")
  void lost_continuesTheSession_asksAtTheThird() {
    Stop lost = new Stop.Lost();
    Story s = story().attempts(stopped(lost, "t"), stopped(lost, "t"), stopped(lost, "t"));
    assertThat(s.decisions())
        .containsExactly("fresh first", "continue lost", "continue lost", "ask lost");
    assertThat(s.state.attemptsCounted()).isZero();
  }

  @Test
  @Tag("D14")
  @Tag("I14")
  void paused_waits_thenGoesOnInTheSameSession() {
    Story s = story().attempts();
    s.happens(new Event.PauseAsked()).attempts(stopped(new Stop.Interrupted(), "t1"));
    assertThat(s.decisions()).endsWith("wait paused");
    assertThat(Decider.readyAt(s.state)).isEmpty();
    s.happens(new Event.Resumed(Limits.Raise.NOTHING)).attempts(ended("t2"));
    assertThat(s.state.state()).isEqualTo(State.PROPOSED);
  }

  @Test
  @Tag("D15")
  @Tag("I9")
  void stopAsked_keepsTheWork_andCanBeResumed() {
    Story s = story().attempts(ended("t1", "x"));
    s.happens(new Event.StopAsked()).attempts();
    assertThat(s.decisions()).endsWith("stop stopped-by-user");
    assertThat(s.state.candidate()).isPresent();
    s.happens(new Event.Resumed(Limits.Raise.NOTHING)).attempts(ended("t2"));
    assertThat(s.state.state()).isEqualTo(State.PROPOSED);
  }

  @Test
  @Tag("D17")
  void everythingPasses_butNothingChanged_asks() {
    Story s = story().attempts(ended(Story.BASE_TREE));
    assertThat(s.decisions()).endsWith("ask no-change");
  }

  @Test
  @Tag("D18")
  @Tag("I5")
  void protectedTouched_goesToTheHuman_whateverPassed() {
    Story s = story().attempts(ended("t1").touching("test/a"));
    assertThat(s.decisions()).endsWith("ask protected-touched");
    assertThat(s.state.acceptable()).isTrue();
  }

  @Test
  @Tag("D19")
  void humanCheck_asks_andAcceptIsItsYes() {
    CheckSpec human = new CheckSpec.Human(new CheckName("looks right"), "Does it look right?");
    Story s = new Story(loop(Loop.DEFAULT_MOVES, run(false), human)).attempts(ended("t1"));
    assertThat(s.decisions()).endsWith("ask human-check");
    assertThat(HumanWord.refusal(s.state, Said.accepted(s.state))).isEmpty();
  }

  @Test
  @Tag("D20")
  void checkBrokenTwice_asks() {
    Story s = story().checksSay(broken(), broken()).attempts(ended("t1"));
    assertThat(s.decisions()).endsWith("ask verifier-broken");
    assertThat(s.state.last().orElseThrow().checked()).hasSize(2);
  }

  @Test
  @Tag("D20")
  void checkBrokenOnce_isTriedAgain() {
    Story s = story().checksSay(broken()).attempts(ended("t1"));
    assertThat(s.state.state()).isEqualTo(State.PROPOSED);
  }

  @Test
  @Tag("D21")
  @Tag("I8")
  void attemptsReached_stops_keepsTheWork() {
    Story s = new Story(Story.with(loop(), Story.attempts(1))).attempts(ended("t1", "x"));
    assertThat(s.decisions()).endsWith("stop limit-attempts");
    assertThat(s.state.candidate()).isPresent();
  }

  @Test
  @Tag("D21")
  @Tag("I7")
  void moneyReached_stops_unlessTheWorkPasses() {
    Story fails = story().attempts(ended("t1", "x").costing("6.00"));
    assertThat(fails.decisions()).endsWith("stop limit-money");
    Story passes = story().attempts(ended("t1").costing("6.00"));
    assertThat(passes.state.state()).isEqualTo(State.PROPOSED);
  }

  @Test
  @Tag("D22")
  void checksFail_withoutProgress_goesDownTheMoves() {
    Story s =
        story()
            .attempts(
                ended("t1", "x"),
                ended("t2", "y"),
                ended("t3", "z"),
                ended("t4", "x"),
                ended("t5", "y"),
                ended("t6", "z"));
    assertThat(s.decisions())
        .containsExactly(
            "fresh first",
            "continue checks-failed",
            "continue criterion-flat",
            "fresh criterion-flat",
            "fresh criterion-flat",
            "hand-off criterion-flat",
            "continue criterion-flat");
    assertThat(s.state.attempts().stream().map(Attempt::session)).containsExactly(1, 1, 1, 2, 3, 4);
  }

  @Test
  @Tag("D22")
  void loopOfTheIssue_continueFreshAsk() {
    Story s =
        new Story(
                loop(
                    moves(
                        step(MoveStep.Kind.CONTINUE, 1),
                        step(MoveStep.Kind.FRESH, 1),
                        step(MoveStep.Kind.ASK, 1)),
                    run(false)))
            .attempts(ended("t1", "x"), ended("t2", "y"), ended("t3", "z"));
    assertThat(s.decisions())
        .containsExactly(
            "fresh first", "continue checks-failed", "fresh criterion-flat", "ask criterion-flat");
  }

  @Test
  @Tag("D23")
  void progress_givesTheRungItsCountAgain() {
    Story s =
        new Story(
                loop(
                    moves(step(MoveStep.Kind.CONTINUE, 1), step(MoveStep.Kind.ASK, 1)), run(false)))
            .attempts(
                ended("t1", "a", "b", "c"),
                ended("t2", "a", "b"),
                ended("t3", "a"),
                ended("t4", "a", "d"));
    assertThat(s.decisions())
        .containsExactly(
            "fresh first",
            "continue checks-failed",
            "continue progress",
            "continue progress",
            "ask criterion-flat");
  }

  @Test
  @Tag("D23")
  void fallingBackAndRecovering_isNoProgress() {
    Story s =
        new Story(
                loop(
                    moves(step(MoveStep.Kind.CONTINUE, 2), step(MoveStep.Kind.ASK, 1)), run(false)))
            .attempts(ended("t1", "a"), ended("t2", "a", "b"), ended("t3", "a"));
    assertThat(s.decisions()).endsWith("ask criterion-flat");
  }

  @Test
  @Tag("D23")
  void metricBeyondItsNoise_isProgress() {
    CheckSpec.Goal goal = new CheckSpec.Goal(CheckSpec.Direction.AT_LEAST, 90);
    CheckSpec metric =
        new CheckSpec.Metric(
            Story.TESTS, new Command.Shell("m"), goal, 2, Duration.ofMinutes(1), false);
    Story s =
        new Story(loop(moves(step(MoveStep.Kind.CONTINUE, 1), step(MoveStep.Kind.ASK, 1)), metric))
            .checksSay(below(50), below(60), below(61))
            .attempts(ended("t1"), ended("t2"), ended("t3"));
    assertThat(s.decisions())
        .containsExactly(
            "fresh first", "continue checks-failed", "continue progress", "ask same-failure");
  }

  private static Verdict below(double value) {
    return new Verdict.Failed(
        Story.TESTS, List.of("tests"), "too low", "s", OptionalDouble.of(value));
  }

  @Test
  @Tag("D24")
  void treeSeenBefore_leavesTheSession() {
    Story s =
        new Story(
                loop(
                    moves(step(MoveStep.Kind.CONTINUE, 9), step(MoveStep.Kind.FRESH, 1)),
                    run(false)))
            .attempts(ended("t1", "x"), ended("t2", "y"), ended("t1", "x"));
    assertThat(s.decisions()).endsWith("fresh tree-seen");
  }

  @Test
  @Tag("D25")
  void sameFailureThreeTimes_leavesTheSession() {
    Story s =
        new Story(
                loop(
                    moves(step(MoveStep.Kind.CONTINUE, 9), step(MoveStep.Kind.FRESH, 1)),
                    run(false)))
            .attempts(ended("t1", "x"), ended("t2", "x"), ended("t3", "x"));
    assertThat(s.decisions()).endsWith("fresh same-failure");
  }

  @Test
  @Tag("D26")
  void contextFull_startsFresh() {
    Story s = story().attempts(stopped(new Stop.ContextFull(), "t1", "x"));
    assertThat(s.decisions()).endsWith("fresh context-full");
  }

  @Test
  @Tag("D26")
  void silent_startsFresh() {
    Story s = story().attempts(stopped(new Stop.Silent(), "t1", "x"));
    assertThat(s.decisions()).endsWith("fresh silent");
  }

  @Test
  @Tag("D27")
  void driverWithoutResume_isNeverContinued() {
    Story s = story().without(true).attempts(ended("t1", "x"));
    assertThat(s.decisions()).endsWith("fresh checks-failed");
  }

  @Test
  @Tag("D28")
  void movesExhausted_stops() {
    Story s =
        new Story(loop(moves(step(MoveStep.Kind.CONTINUE, 1)), run(false)))
            .attempts(ended("t1", "x"), ended("t2", "y"));
    assertThat(s.decisions()).endsWith("stop moves-exhausted");
  }

  @Test
  @Tag("D29")
  void answered_continuesWithTheAnswer_ladderRestarts() {
    Story s =
        new Story(
                loop(
                    moves(step(MoveStep.Kind.CONTINUE, 1), step(MoveStep.Kind.ASK, 1)), run(false)))
            .attempts(ended("t1", "x"), ended("t2", "y"));
    assertThat(s.state.state()).isEqualTo(State.ASKING);
    s.says(t -> Said.answered(t, "take the left one")).attempts();
    Decision.Start start = Story.start(s.state);
    assertThat(start.move()).isEqualTo(Move.CONTINUE);
    assertThat(Prompt.of(s.state, start, "/answer.json")).contains("take the left one");
    s.attempts(ended("t3", "z"));
    assertThat(s.decisions()).endsWith("continue criterion-flat");
  }

  @Test
  @Tag("D30")
  void rejected_continuesWithTheReason() {
    Story s = story().attempts(ended("t1")).says(t -> Said.rejected(t, "too clever")).attempts();
    assertThat(s.decisions()).endsWith("continue rejected");
    Decision.Start start = Story.start(s.state);
    assertThat(Prompt.of(s.state, start, "/answer.json")).contains("too clever");
  }

  @Test
  @Tag("D31")
  @Tag("I2")
  void accepted_lands_onlyWhatIsAcceptable() {
    Story s = story().attempts(ended("t1")).says(Said::accepted);
    assertThat(Story.decide(s.state)).isInstanceOf(Decision.Land.class);
    Story failing = story().attempts(ended("t1", "x"));
    assertThat(HumanWord.refusal(failing.state, Said.accepted(failing.state))).isPresent();
  }

  @Test
  @Tag("D32")
  void landingRefused_isProposedAgain() {
    Story s =
        story()
            .attempts(ended("t1"))
            .says(Said::accepted)
            .happens(new Event.LandingRefused("conflict", List.of()));
    assertThat(s.state.state()).isEqualTo(State.PROPOSED);
    assertThat(s.state.note()).isEqualTo("conflict");
    assertThat(Story.decide(s.state)).isInstanceOf(Decision.Rest.class);
  }

  @Test
  @Tag("D33")
  @Tag("I7")
  @Tag("I8")
  void resumed_needsANewLimit() {
    Story s = new Story(Story.with(loop(), Story.attempts(1))).attempts(ended("t1", "x"));
    s.happens(new Event.Resumed(Limits.Raise.NOTHING)).attempts();
    assertThat(s.decisions()).endsWith("stop limit-attempts");
    Limits.Raise raise =
        new Limits.Raise(
            Optional.of(3), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    s.happens(new Event.Resumed(raise)).attempts(ended("t2"));
    assertThat(s.state.state()).isEqualTo(State.PROPOSED);
  }

  @Test
  @Tag("D34")
  void faultsInARow_stop() {
    Story s = story().preparingFails().attempts();
    assertThat(s.decisions()).containsExactly("stop fault");
    assertThat(s.state.note()).isEqualTo("prepare: no disk");
  }

  /** One run is enough: the user's command fails again until somebody corrects something. */
  @Test
  @Tag("D44")
  void failedSetup_stopsAtOnce_alsoIfAWordCameMeanwhile() {
    Event.SetupFailed failed = new Event.SetupFailed("«npm ci» ended with exit 1.");
    for (List<Event> then : List.of(List.<Event>of(), List.<Event>of(new Event.PauseAsked()))) {
      Story s = story();
      s.happens(new Event.Claimed(1, "here")).happens(failed);
      then.forEach(s::happens);
      s.attempts();
      assertThat(s.decisions()).containsExactly("stop setup-failed");
      assertThat(s.state.note()).isEqualTo("«npm ci» ended with exit 1.");
      assertThat(Decider.readyAt(s.state)).isEmpty();
      s.happens(new Event.Resumed(Limits.Raise.NOTHING));
      assertThat(Story.decide(s.state)).isInstanceOf(Decision.Claim.class);
    }
  }

  @Test
  @Tag("D35")
  @Tag("I16")
  void explore_yieldsFindings_neverLands() {
    Story s = new Story(Story.exploring(loop())).attempts(ended("t1"));
    assertThat(s.decisions()).endsWith("propose findings");
    assertThat(s.state.acceptable()).isFalse();
    assertThat(HumanWord.refusal(s.state, Said.accepted(s.state))).isPresent();
  }

  @Test
  @Tag("D36")
  void deferred_keepsTheDecidedStart() {
    Story s = story().money(Money.ZERO).attempts(ended("t1"));
    assertThat(s.state.state()).isEqualTo(State.WAITING);
    assertThat(s.state.reason()).contains(Reason.BUDGET);
    s.money(new Money(1)).happens(new Event.Woken()).attempts();
    assertThat(s.state.state()).isEqualTo(State.PROPOSED);
    assertThat(s.decisions()).containsExactly("fresh first", "propose checks-passed");
  }

  @Test
  @Tag("I11")
  void secondAttempt_whileOneRuns_isRefused() {
    Story s = story().attempts();
    s.happens(new Event.AttemptStarted(1, 1, 0, new Capabilities(true, true, true), 1, Money.ZERO));
    Event second =
        new Event.AttemptStarted(2, 1, 0, new Capabilities(true, true, true), 1, Money.ZERO);
    assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> s.state.after(second)))
        .isInstanceOf(IllegalStateException.class);
    assertThat(ENDED).isEqualTo(new Stop.Ended());
  }
}

package dev.longe.core.policy;

import static dev.longe.core.policy.Story.ended;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longe.core.Candidate;
import dev.longe.core.Capabilities;
import dev.longe.core.CheckName;
import dev.longe.core.CheckSpec;
import dev.longe.core.Commit;
import dev.longe.core.Event;
import dev.longe.core.Growth;
import dev.longe.core.HumanWord;
import dev.longe.core.Limits;
import dev.longe.core.Loop;
import dev.longe.core.Money;
import dev.longe.core.Move;
import dev.longe.core.MoveStep;
import dev.longe.core.Policy;
import dev.longe.core.Reason;
import dev.longe.core.Receipt;
import dev.longe.core.Source;
import dev.longe.core.State;
import dev.longe.core.Stop;
import dev.longe.core.TaskState;
import dev.longe.core.Usage;
import dev.longe.core.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the human's side asks of the core: trends, take-over, later outcomes, open questions. */
final class HumanTest {
  private static final CheckSpec SLOP = new CheckSpec.Slop(new CheckName("slop"));
  private static final Receipt RECEIPT =
      new Receipt(
          "r",
          "x",
          new Commit("a".repeat(40)),
          "t",
          0,
          Duration.ofSeconds(1),
          "0",
          Optional.empty());

  /** A task whose attempts grew a measure by these, each beyond a part of earlier commits. */
  private static TaskState measured(OptionalDouble rank, boolean green, double... growth) {
    List<Event> events =
        new ArrayList<>(
            List.of(
                new Event.Submitted(
                    "Mend it.",
                    new Source("/r", Optional.of("main"), new Commit("a".repeat(40))),
                    Story.loop(
                        List.of(
                            new MoveStep(MoveStep.Kind.CONTINUE, 9),
                            new MoveStep(MoveStep.Kind.FRESH, 1),
                            new MoveStep(MoveStep.Kind.ASK, 1)),
                        Story.run(false),
                        SLOP)),
                new Event.Claimed(1, "m"),
                new Event.Prepared("base")));
    TaskState state = TaskState.of(Story.ID, events);
    for (int i = 1; i <= growth.length; i++) {
      state = state.after(((Decision.Take) Story.decide(state)).decided());
      Decision.Start start = Story.start(state);
      boolean last = i == growth.length;
      for (Event e :
          List.of(
              new Event.AttemptStarted(
                  i, start.session(), 0, new Capabilities(true, true, true), 1, Money.ZERO),
              new Event.SessionNamed(i, "s", Optional.empty()),
              new Event.AttemptEnded(i, new Stop.Ended(), Usage.NONE, Duration.ZERO),
              new Event.CandidateMade(
                  i,
                  new Candidate(
                      i,
                      new Commit("b".repeat(40)),
                      "tree" + i,
                      List.of("a"),
                      1,
                      0,
                      List.of(),
                      List.of(),
                      List.of())),
              new Event.Measured(
                  i,
                  List.of(new Growth("mass", 10, 10 + growth[i - 1], rank, false)),
                  List.of(),
                  0),
              new Event.Checked(i, verdict(green && last, i), RECEIPT),
              new Event.Checked(
                  i, new Verdict.Passed(new CheckName("slop"), OptionalDouble.empty()), RECEIPT))) {
        state = state.after(e);
      }
    }
    return state;
  }

  private static Verdict verdict(boolean passed, int attempt) {
    return passed
        ? new Verdict.Passed(Story.TESTS, OptionalDouble.empty())
        : new Verdict.Failed(
            Story.TESTS,
            List.of("a", "b", "c", "d", "e").subList(attempt, 5),
            "f",
            "s" + attempt,
            OptionalDouble.empty());
  }

  private static Event.Decided decided(TaskState state) {
    return ((Decision.Take) Story.decide(state)).decided();
  }

  @Test
  @Tag("D39")
  void threeRisingAttempts_leaveTheSession_althoughTheyMakeProgress() {
    Event.Decided d = decided(measured(OptionalDouble.empty(), false, 1, 2, 3));
    assertThat(d.reason()).isEqualTo(Reason.GETTING_WORSE);
    assertThat(d.move()).isEqualTo(Move.FRESH);
  }

  @Test
  @Tag("D39")
  void risingButGreen_goesToTheHuman_whoMayAccept() {
    TaskState state = measured(OptionalDouble.of(0.8), true, 1, 2, 3);
    Event.Decided d = decided(state);
    assertThat(d.move()).isEqualTo(Move.ASK);
    assertThat(state.after(d).acceptable()).isTrue();
  }

  @Test
  @Tag("D39")
  void whatIsUsualHere_orFlat_orOnlyTwo_isNoTrend() {
    assertThat(decided(measured(OptionalDouble.of(0.5), false, 1, 2, 3)).reason())
        .isEqualTo(Reason.PROGRESS);
    assertThat(decided(measured(OptionalDouble.empty(), false, 2, 2, 2)).reason())
        .isEqualTo(Reason.PROGRESS);
    assertThat(decided(measured(OptionalDouble.empty(), false, -3, -2, -1)).reason())
        .isEqualTo(Reason.PROGRESS);
    assertThat(decided(measured(OptionalDouble.empty(), false, 1, 2)).reason())
        .isEqualTo(Reason.PROGRESS);
  }

  @Test
  @Tag("D40")
  void takenOver_isSavedAndChecked_likeAnAttempt() {
    Story story = new Story(Story.loop());
    Story _ = story.attempts(ended("tree-1"));
    TaskState state = story.state.after(Said.takenOver(story.state));
    assertThat(Story.decide(state)).isEqualTo(new Decision.Snapshot(2));
    assertThat(HumanWord.refusal(state, Said.takenOver(state))).isPresent();
  }

  /** After a rejection the session would go on; with its session it is the machine that is gone. */
  @Test
  @Tag("D42")
  void leftWithoutItsSession_startsFresh_withIt_goesOn() {
    Story story = new Story(Story.loop());
    TaskState rejected =
        story.attempts(ended("tree-1")).says(s -> Said.rejected(s, "too clever")).state;
    TaskState decided = rejected.after(((Decision.Take) Story.decide(rejected)).decided());
    assertThat(start(decided).move()).isEqualTo(Move.CONTINUE);
    TaskState with = decided.after(new Event.Left("box", true, "moved"));
    assertThat(start(with)).isEqualTo(start(decided));
    TaskState without = decided.after(new Event.Left("box", false, "lost"));
    assertThat(start(without).move()).isEqualTo(Move.FRESH);
    assertThat(start(without).resume()).isEmpty();
    assertThat(start(without).session()).isEqualTo(start(decided).session() + 1);
    TaskState earlier = rejected.after(new Event.Left("box", false, "lost"));
    assertThat(((Decision.Take) Story.decide(earlier)).decided().move()).isEqualTo(Move.FRESH);
  }

  private static Decision.Start start(TaskState state) {
    return Story.start(state);
  }

  /** After its process died, a task goes on under the limits that a human sets. */
  @Test
  @Tag("D33")
  @Tag("F1")
  void newLimits_areTaken_whileNoAttemptRuns() {
    Story story = new Story(Story.loop()).happens(new Event.PolicySet(Policy.DEFAULT)).attempts();
    Decision.Start start = Story.start(story.state);
    Event.Word raised =
        new Event.Resumed(
            new Limits.Raise(
                Optional.empty(),
                Optional.of(new Money(77_000_000)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    story.happens(
        new Event.AttemptStarted(
            1, start.session(), 0, new Capabilities(true, true, true), 1, Money.ZERO));
    assertThat(HumanWord.refusal(story.state, raised)).isPresent();
    story.happens(new Event.AttemptEnded(1, new Stop.Lost(), Usage.NONE, Duration.ZERO));
    assertThat(HumanWord.refusal(story.state, new Event.Resumed(Limits.Raise.NOTHING))).isPresent();
    assertThat(HumanWord.refusal(story.state, raised)).isEmpty();
    Decision before = Story.decide(story.state);
    story.happens(raised);
    assertThat(story.state.limits().money()).isEqualTo(new Money(77_000_000));
    assertThat(Story.decide(story.state)).isEqualTo(before);
  }

  @Test
  void outcomes_areOfLandedTasksAlone() {
    Story story = new Story(Story.loop());
    Story _ = story.attempts(ended("tree-1"));
    Event.Outcome outcome =
        new Event.Outcome(Event.Outcome.Fate.REVERTED, new Commit("c".repeat(40)), "");
    assertThat(HumanWord.refusal(story.state, outcome)).isPresent();
    assertThatThrownBy(() -> story.state.after(outcome)).isInstanceOf(IllegalStateException.class);
    TaskState landed =
        story
            .state
            .after(Said.accepted(story.state))
            .after(new Event.Landed(new Commit("c".repeat(40)), "refs/heads/main", List.of()));
    assertThat(landed.after(outcome).outcomes()).containsExactly(outcome);
    assertThat(landed.after(outcome).state()).isEqualTo(State.LANDED);
  }

  @Test
  void clearTask_leavesNothingOpen() {
    String text = "In src/date.py `parse` must refuse 31 February when strict is set.";
    assertThat(Readiness.of(text, Story.loop(Loop.DEFAULT_MOVES, Story.run(true)), Policy.DEFAULT))
        .isEmpty();
  }

  @Test
  void openQuestions_areThoseOfAJuniorColleague() {
    Loop loop = Story.loop(Loop.DEFAULT_MOVES, Story.run(false));
    assertThat(Readiness.of("Improve dates", loop, Policy.DEFAULT))
        .extracting(Readiness.Question::asks)
        .containsExactly(
            "Which check fails now and passes when the task is done?",
            "Which part of the code does the task concern?",
            "What will be different for its users?");
    assertThat(Readiness.of("Improve dates", Story.exploring(loop), Policy.DEFAULT)).isEmpty();
    String many = "In a.py return 1 when:\n- a\n- b\n- c\n- d\n- e\n- f\n";
    assertThat(Readiness.of(many, Story.loop(Loop.DEFAULT_MOVES, Story.run(true)), Policy.DEFAULT))
        .singleElement()
        .matches(q -> q.asks().contains("several"));
  }

  @Test
  void contradictingLimits_areNamed() {
    Loop loop = Story.with(Story.loop(Loop.DEFAULT_MOVES, Story.run(true)), Story.attempts(2));
    assertThat(Readiness.of("In a.py return 1 when called.", loop, Policy.DEFAULT))
        .singleElement()
        .matches(q -> q.mend().contains("6 attempts") && q.mend().contains("is 2"));
  }
}

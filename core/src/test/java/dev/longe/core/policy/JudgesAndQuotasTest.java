package dev.longe.core.policy;

import static dev.longe.core.policy.Story.ended;
import static dev.longe.core.policy.Story.run;
import static dev.longe.core.policy.Story.stopped;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.core.AgentSpec;
import dev.longe.core.Attempt;
import dev.longe.core.CheckName;
import dev.longe.core.CheckSpec;
import dev.longe.core.Cost;
import dev.longe.core.Event;
import dev.longe.core.Loop;
import dev.longe.core.Money;
import dev.longe.core.Reason;
import dev.longe.core.State;
import dev.longe.core.Stop;
import dev.longe.core.TaskState;
import dev.longe.core.Tokens;
import dev.longe.core.Usage;
import dev.longe.core.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who works while a quota is used up, and when a judge is asked. */
final class JudgesAndQuotasTest {
  private static Story story() {
    return new Story(Story.loop());
  }

  @Test
  @Tag("D37")
  @Tag("I15")
  void rateLimited_anotherAgentTakesOver_andTheFirstComesBackFirst() {
    Instant early = Story.NOW.plusSeconds(90);
    Instant late = Story.NOW.plusSeconds(900);
    Story s = story().attempts(stopped(new Stop.RateLimited(early), "t1"));
    assertThat(s.decisions()).endsWith("hand-off rate-limited");
    assertThat(s.state.agentIndex()).isEqualTo(1);
    s.attempts(stopped(new Stop.RateLimited(late), "t1"));
    assertThat(s.state.state()).isEqualTo(State.WAITING);
    assertThat(Decider.readyAt(s.state)).contains(early);
    s.happens(new Event.Woken()).attempts(ended("t2"));
    assertThat(s.state.state()).isEqualTo(State.PROPOSED);
    assertThat(s.state.attempts().stream().map(Attempt::agent)).containsExactly(0, 1, 0);
    assertThat(s.state.attemptsCounted()).isEqualTo(1);
  }

  private static CheckSpec judge() {
    return new CheckSpec.Judge(
        new CheckName("judge"),
        new AgentSpec("model", List.of("m")),
        List.of("It says why."),
        Duration.ofMinutes(1));
  }

  @Test
  @Tag("D38")
  void judge_isAskedOnceNothingElseFails() {
    Story s =
        new Story(Story.loop(Loop.DEFAULT_MOVES, judge(), run(false)))
            .attempts(ended("t1", "case"), ended("t2"));
    assertThat(s.state.attempts().getFirst().checked()).hasSize(1);
    assertThat(s.state.attempts().get(1).checked().stream().map(c -> c.verdict().check().text()))
        .containsExactly("tests", "judge");
    assertThat(s.state.state()).isEqualTo(State.PROPOSED);
  }

  @Test
  @Tag("D38")
  void judgeThatCannotTell_leavesItToTheHuman() {
    CheckSpec judge = judge();
    Story s =
        new Story(Story.loop(Loop.DEFAULT_MOVES, judge))
            .checksSay(new Verdict.Waiting(judge.name(), "Does it say why?"))
            .attempts(ended("t1"));
    assertThat(s.decisions()).endsWith("ask human-check");
    assertThat(s.state.acceptable()).isTrue();
  }

  @Test
  @Tag("D36")
  @Tag("D38")
  void judgePutOff_forTheDaysMoney_isAskedWhenItIsThere() {
    Story s = new Story(Story.loop(Loop.DEFAULT_MOVES, run(false), judge()));
    s.spendsAllAtTheFirstAttempt().attempts(ended("t1"));
    assertThat(s.state.last().orElseThrow().checked()).hasSize(1);
    assertThat(s.state.reason()).contains(Reason.BUDGET);
    assertThat(s.state.note()).contains("a judge needs some");
    assertThat(Decider.readyAt(s.state)).contains(Story.NOW.plusSeconds(60));
    assertThat(Story.decide(s.state)).isInstanceOf(Decision.Rest.class);
    s.money(new Money(1)).happens(new Event.Woken()).attempts();
    assertThat(s.state.last().orElseThrow().checked()).hasSize(2);
    assertThat(s.state.state()).isEqualTo(State.PROPOSED);
  }

  @Test
  @Tag("D38")
  @Tag("I7")
  void judgesCost_countsForTheTask() {
    Story s = new Story(Story.loop(Loop.DEFAULT_MOVES, judge())).attempts(ended("t1").costing("1"));
    Usage two = new Usage(Tokens.ZERO, new Cost.Reported(new Money(2_000_000)));
    TaskState checking =
        TaskState.of(
            Story.ID, s.events.stream().takeWhile(e -> !(e instanceof Event.Checked)).toList());
    TaskState after =
        checking.after(new Event.Judged(1, judge().name(), List.of(), Optional.of("m"), two));
    assertThat(after.spent().cost().known()).isEqualTo(new Money(3_000_000));
  }

  @Test
  @Tag("D37")
  void startPutOff_forItsAgentsQuota_isTakenByAnother() {
    Story s = story().firstAgentHasNoQuota(Story.NOW.plusSeconds(90)).attempts(ended("t2"));
    assertThat(s.events)
        .anyMatch(
            e -> e instanceof Event.Deferred d && d.until().equals(Story.NOW.plusSeconds(90)));
    assertThat(s.decisions()).contains("hand-off rate-limited");
    assertThat(s.state.attempts().stream().map(Attempt::agent)).containsExactly(1);
    assertThat(s.state.state()).isEqualTo(State.PROPOSED);
  }

  @Test
  @Tag("D20")
  @Tag("D38")
  void brokenJudge_isAskedOnceMore() {
    CheckSpec judge = judge();
    Story s =
        new Story(Story.loop(Loop.DEFAULT_MOVES, judge))
            .checksSay(new Verdict.Broken(judge.name(), "no answer"))
            .attempts(ended("t1"));
    assertThat(s.state.attempts().getFirst().checked()).hasSize(2);
    assertThat(s.state.state()).isEqualTo(State.PROPOSED);
  }
}

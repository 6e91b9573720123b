package dev.longe.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longe.core.Cost;
import dev.longe.core.Event;
import dev.longe.core.LimitName;
import dev.longe.core.Loop;
import dev.longe.core.Money;
import dev.longe.core.Policy;
import dev.longe.core.Stop;
import dev.longe.core.TaskState;
import dev.longe.core.Tokens;
import dev.longe.core.Usage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The constants, and that a decision weighs those that are recorded with its task. */
final class PolicyTest {
  private static final Cost ONE = new Cost.Reported(new Money(1_000_000));

  /** Each line decides old journals: it may never change. */
  @Test
  @Tag("I6")
  void policyOfTheFirstRelease_neverChanges() {
    assertThat(Policy.V0_1_0)
        .hasToString(
            "Policy["
                + "retries=Retries[wrapUpPart=0.8, checkRuns=2, faultsInARow=2, moneyRetry=PT10M], "
                + "outages=Outages[inARow=3, waits=[PT1M, PT5M, PT15M], quotaWaits=20,"
                + " uncounted=60], "
                + "session=Session[sameFailures=3, risingAttempts=3, unusualRank=0.75], "
                + "reviewing=Reviewing[ratedReviews=5, linesAnHourMax=500, retry=PT5M], "
                + "tiers=Tiers[highLines=400, mediumLines=100, mediumFiles=5, mediumAttempts=3], "
                + "clarity=Clarity[wordsMin=4, goalsMax=5], "
                + "rules=[]]");
  }

  private static Policy patient() {
    Policy p = Policy.DEFAULT;
    return new Policy(
        new Policy.Retries(0.5, 3, 4, Duration.ofMinutes(1)),
        new Policy.Outages(9, List.of(Duration.ofSeconds(7)), 99, 999),
        new Policy.Session(2, p.session().risingAttempts(), p.session().unusualRank()),
        p.reviewing(),
        p.tiers(),
        p.clarity(),
        p.rules());
  }

  private static Story under(Policy policy) {
    return new Story(Story.loop()).happens(new Event.PolicySet(policy));
  }

  @Test
  @Tag("I6")
  void taskWithoutAPolicy_isDecidedByTheFirstRelease() {
    assertThat(new Story(Story.loop()).state.policy()).isEqualTo(Policy.V0_1_0);
    assertThat(under(patient()).state.policy()).isEqualTo(patient());
  }

  @Test
  @Tag("D12")
  @Tag("D20")
  @Tag("D34")
  void recordedPolicy_isWhatDecides() {
    Stop down = new Stop.ProviderDown("500", Story.NOW);
    assertThat(under(patient()).attempts(Story.stopped(down, "t")).state.until())
        .contains(Story.NOW.plusSeconds(7));
    Story broken =
        under(patient())
            .checksSay(Story.broken(), Story.broken(), Story.broken())
            .attempts(Story.ended("t"));
    assertThat(broken.state.last().orElseThrow().checked()).hasSize(3);
    Story twice = under(patient()).attempts(Story.ended("t1", "x"), Story.ended("t2", "x"));
    assertThat(twice.decisions()).endsWith("fresh same-failure");
    Story faulty = under(patient()).preparingFails().attempts();
    assertThat(faulty.events.stream().filter(e -> e instanceof Event.Faulted)).hasSize(4);
  }

  @Test
  void policy_isSetBeforeTheWorkBegins() {
    Story begun = new Story(Story.loop()).happens(new Event.Claimed(1, "m"));
    assertThatThrownBy(() -> begun.happens(new Event.PolicySet(Policy.DEFAULT)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void outages_waitLonger_theLastWaitHolds() {
    assertThat(List.of(1, 2, 3, 4).stream().map(Policy.DEFAULT.outages()::waitAfter))
        .containsExactly(
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Duration.ofMinutes(15));
    assertThatThrownBy(() -> new Policy.Outages(1, List.of(), 1, 1)).hasMessageContaining("wait");
  }

  @Test
  void loop_withoutCheck_can_notExecute() {
    assertThatThrownBy(() -> Story.loop(Loop.DEFAULT_MOVES)).hasMessageContaining("check");
    assertThatThrownBy(() -> Story.loop(Loop.DEFAULT_MOVES, Story.run(false), Story.run(true)))
        .hasMessageContaining("two checks");
  }

  @Test
  void gauge_isNearAtFourFifths_overAtAll() {
    TaskState task = new Story(Story.loop()).state;
    LimitGauge.Live early = new LimitGauge.Live(Usage.NONE, Duration.ofMinutes(95));
    assertThat(LimitGauge.read(task, patient(), early))
        .isEqualTo(new LimitGauge.Reading.Near(LimitName.TIME));
    assertThat(LimitGauge.read(task, Policy.DEFAULT, early))
        .isInstanceOf(LimitGauge.Reading.Far.class);
    assertThat(
            LimitGauge.read(
                task, Policy.DEFAULT, new LimitGauge.Live(Usage.NONE, Duration.ofMinutes(97))))
        .isEqualTo(new LimitGauge.Reading.Near(LimitName.TIME));
    assertThat(
            LimitGauge.read(
                task, Policy.DEFAULT, new LimitGauge.Live(Usage.NONE, Duration.ofMinutes(121))))
        .isEqualTo(new LimitGauge.Reading.Over(LimitName.TIME));
    Usage much = new Usage(new Tokens(4_000_000, 0, 0, 0), ONE);
    assertThat(LimitGauge.read(task, Policy.DEFAULT, new LimitGauge.Live(much, Duration.ZERO)))
        .isEqualTo(new LimitGauge.Reading.Over(LimitName.TOKENS));
  }
}

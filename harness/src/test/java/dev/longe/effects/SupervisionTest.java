package dev.longe.effects;

import static dev.longe.testing.TaskHistory.TESTS;
import static dev.longe.testing.TaskHistory.failed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.core.Cost;
import dev.longe.core.Event;
import dev.longe.core.LimitName;
import dev.longe.core.Money;
import dev.longe.core.Move;
import dev.longe.core.Stop;
import dev.longe.core.Tokens;
import dev.longe.core.Usage;
import dev.longe.testing.TaskHistory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The limits of the task are the default ones: $5, 4 M tokens, 2 h, 15 min of silence. */
@Timeout(20)
final class SupervisionTest {
  private static final Money DOLLAR = new Money(1_000_000);
  private static final Money PLENTY = new Money(100 * DOLLAR.micros());
  private static final Duration SECOND = Duration.ofSeconds(1);

  private static PlayedAttempt first() {
    return new PlayedAttempt(
        TaskHistory.of(TaskHistory.loop(TaskHistory.tests())).prepared().started(Move.FRESH));
  }

  private static void follow(PlayedAttempt attempt, Money granted) {
    new Supervision(attempt, attempt, attempt, granted).follow();
  }

  private static Usage cost(long cents) {
    return new Usage(new Tokens(1_000, 10, 0, 0), new Cost.Reported(new Money(cents * 10_000)));
  }

  private static Duration minutes(long n) {
    return Duration.ofMinutes(n);
  }

  /** A sign of life each minute. */
  private static PlayedAttempt lively(PlayedAttempt attempt, int minutes) {
    for (int i = 1; i <= minutes; i++) {
      attempt.shows(minutes(i), new LiveAttempt.Signal.Named("s", Optional.empty()));
    }
    return attempt;
  }

  @Test
  void end_isWrittenDown_withItsTotalsAndTheTimeItTook() {
    PlayedAttempt a =
        first()
            .shows(SECOND, new LiveAttempt.Signal.Named("thread-7", Optional.of("opus")))
            .ends(minutes(3), new Stop.Ended(), cost(42));
    follow(a, PLENTY);
    assertThat(a.end())
        .isEqualTo(new Event.AttemptEnded(1, new Stop.Ended(), cost(42), minutes(3)));
    assertThat(a.state().last().orElseThrow().agentSession()).contains("thread-7");
    assertThat(a.state().last().orElseThrow().model()).contains("opus");
    assertThat(a.stops).isEmpty();
  }

  @Test
  void useThatIsToldOften_isWrittenDownAtMostEveryTwoSeconds() {
    PlayedAttempt a = first();
    for (int i = 1; i <= 100; i++) {
      a.uses(Duration.ofMillis(100L * i), cost(i));
    }
    follow(a.ends(Duration.ofSeconds(11), new Stop.Ended(), cost(100)), PLENTY);
    assertThat(a.written(Event.Spending.class)).hasSize(5);
    assertThat(a.end().usage()).isEqualTo(cost(100));
  }

  @Test
  @Tag("I7")
  void moreThanGranted_endsIt_thoughTheTasksOwnLimitIsFar() {
    PlayedAttempt a =
        first().uses(SECOND, cost(99)).uses(minutes(1), cost(100)).uses(minutes(2), cost(101));
    follow(a, DOLLAR);
    assertThat(a.end().stop()).isEqualTo(new Stop.OverLimit(LimitName.MONEY));
    assertThat(a.end().usage()).isEqualTo(cost(101));
    assertThat(a.passed()).isEqualTo(minutes(2));
  }

  @Test
  @Tag("I8")
  void nearALimit_itIsToldOnce_thenStoppedAtTheLimit() {
    PlayedAttempt a =
        first()
            .uses(minutes(1), cost(300))
            .uses(minutes(2), cost(400))
            .uses(minutes(3), cost(450))
            .uses(minutes(4), cost(499))
            .uses(minutes(5), cost(500));
    follow(a, PLENTY);
    assertThat(a.steered).hasSize(1);
    assertThat(a.steered.getFirst()).contains("limit of money");
    assertThat(a.written(Event.WrapUpSent.class))
        .containsExactly(new Event.WrapUpSent(1, LimitName.MONEY, true));
    assertThat(a.end().stop()).isEqualTo(new Stop.OverLimit(LimitName.MONEY));
    assertThat(a.passed()).isEqualTo(minutes(5));
  }

  @Test
  @Tag("I8")
  void agentThatCannotBeTold_isWrittenDownAsNotTold() {
    PlayedAttempt a =
        first().uses(minutes(1), cost(450)).ends(minutes(2), new Stop.Ended(), cost(460));
    a.canBeSteered = false;
    follow(a, PLENTY);
    assertThat(a.written(Event.WrapUpSent.class))
        .containsExactly(new Event.WrapUpSent(1, LimitName.MONEY, false));
  }

  @Test
  @Tag("I8")
  void earlierAttempts_countForTheLimits() {
    TaskHistory h =
        TaskHistory.of(TaskHistory.loop(TaskHistory.tests())).prepared().started(Move.FRESH);
    h.stopped(new Stop.Ended(), cost(350))
        .candidate(TaskHistory.candidate(1, List.of("a"), List.of()))
        .checked(failed(TESTS, "x"))
        .started(Move.CONTINUE);
    PlayedAttempt a = new PlayedAttempt(h).uses(minutes(1), cost(60)).uses(minutes(2), cost(150));
    follow(a, PLENTY);
    assertThat(a.written(Event.WrapUpSent.class)).hasSize(1);
    assertThat(a.end().stop()).isEqualTo(new Stop.OverLimit(LimitName.MONEY));
    assertThat(a.end().attempt()).isEqualTo(2);
  }

  @Test
  void tokensAndTime_areHeldToToo() {
    Usage many = new Usage(new Tokens(4_000_000, 0, 0, 0), new Cost.Reported(Money.ZERO));
    PlayedAttempt tokens = first().uses(SECOND, many);
    follow(tokens, PLENTY);
    assertThat(tokens.end().stop()).isEqualTo(new Stop.OverLimit(LimitName.TOKENS));

    PlayedAttempt time = lively(first(), 200);
    follow(time, PLENTY);
    assertThat(time.end().stop()).isEqualTo(new Stop.OverLimit(LimitName.TIME));
    assertThat(time.passed()).isEqualTo(Duration.ofHours(2));
    assertThat(time.steered).hasSize(1);
  }

  @Test
  @Tag("F4")
  void silence_endsIt_onlyWhenItAlsoDoesNothing() {
    PlayedAttempt a = first();
    follow(a, PLENTY);
    assertThat(a.end().stop()).isEqualTo(new Stop.Silent());
    assertThat(a.passed()).isBetween(minutes(15), minutes(15).plusSeconds(1));
    assertThat(a.looks).isEqualTo(1);
  }

  @Test
  @Tag("F4")
  @Tag("I14")
  void silentWorker_isLetAlone_andLookedAtOncePerAllowance() {
    PlayedAttempt a = first().ends(minutes(100), new Stop.Ended(), cost(1));
    a.worksSilently = () -> true;
    follow(a, PLENTY);
    assertThat(a.end().stop()).isEqualTo(new Stop.Ended());
    assertThat(a.looks).isEqualTo(6);
  }

  @Test
  @Tag("F4")
  void silentWorkerThatStopsWorking_isEndedOneAllowanceLater() {
    PlayedAttempt a = first();
    a.worksSilently = () -> a.passed().compareTo(minutes(20)) < 0;
    follow(a, PLENTY);
    assertThat(a.end().stop()).isEqualTo(new Stop.Silent());
    assertThat(a.passed()).isBetween(minutes(30), minutes(30).plusSeconds(1));
  }

  @Test
  @Tag("F4")
  void signOfLife_takesTheExcuseBack() {
    PlayedAttempt a =
        first().shows(minutes(16), new LiveAttempt.Signal.Named("s", Optional.empty()));
    a.worksSilently = () -> a.passed().compareTo(minutes(16)) < 0;
    follow(a, PLENTY);
    assertThat(a.end().stop()).isEqualTo(new Stop.Silent());
    assertThat(a.passed()).isBetween(minutes(31), minutes(31).plusSeconds(1));
  }

  @Test
  @Tag("D14")
  void pause_endsIt_andNoLimitIsLookedAtAnyMore() {
    PlayedAttempt a = first().hears(minutes(1), new Event.PauseAsked());
    follow(a, PLENTY);
    assertThat(a.stops).containsExactly(new Stop.Interrupted());
    assertThat(a.end().stop()).isEqualTo(new Stop.Interrupted());
    assertThat(a.passed()).isBetween(minutes(1), minutes(1).plusMillis(200));
  }

  @Test
  @Tag("D15")
  void stop_endsIt_evenWhileSignalsKeepComing() {
    PlayedAttempt a = first();
    for (int i = 1; i < 2_000; i++) {
      a.uses(Duration.ofMillis(50L * i), cost(1));
    }
    follow(a.hears(Duration.ofSeconds(10), new Event.StopAsked()), PLENTY);
    assertThat(a.end().stop()).isEqualTo(new Stop.Interrupted());
    assertThat(a.passed()).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(11));
  }

  @Test
  void otherWords_doNotEndIt() {
    PlayedAttempt a =
        first()
            .hears(minutes(1), new Event.Steered("Use the cache.", true))
            .ends(minutes(2), new Stop.Ended(), cost(1));
    follow(a, PLENTY);
    assertThat(a.end().stop()).isEqualTo(new Stop.Ended());
  }

  @Test
  @Tag("I7")
  void transcriptThatBreaks_endsIt_andWhatItSpentIsNotForgotten() {
    PlayedAttempt a = first().uses(minutes(1), cost(42)).breaks(minutes(2));
    follow(a, PLENTY);
    assertThat(a.stops).containsExactly(new Stop.Lost());
    assertThat(a.end().stop())
        .isEqualTo(new Stop.Crashed(-1, "The transcript can't be written: no space left"));
    assertThat(a.end().usage().cost()).isEqualTo(new Cost.Unknown(new Money(420_000)));
    assertThat(a.end().active()).isEqualTo(minutes(2));
  }
}

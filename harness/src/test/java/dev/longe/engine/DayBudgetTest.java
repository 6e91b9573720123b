package dev.longe.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.core.Event;
import dev.longe.core.Money;
import dev.longe.core.Tier;
import dev.longe.journal.Budget;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The day's money, and the reviewers' week. */
final class DayBudgetTest {
  private static final Money DAY = new Money(50_000_000);
  private static final Money LOOP = new Money(5_000_000);
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @Test
  @Tag("I7")
  void accounts_areOfTheDayWhereTheUserIs() {
    DayBudget budget = new DayBudget(DAY, BERLIN);
    Instant lateInLondon = Instant.parse("2026-07-01T22:30:00Z");
    assertThat(budget.accounts("fix", Optional.empty(), lateInLondon))
        .containsExactly(new Budget("day:2026-07-02", DAY));
    assertThat(budget.accounts("fix", Optional.of(LOOP), lateInLondon.minusSeconds(3_600)))
        .containsExactly(
            new Budget("day:2026-07-01", DAY), new Budget("loop:fix:2026-07-01", LOOP));
  }

  @Test
  @Tag("D36")
  void retry_isSoon_butNoLaterThanTheNextDay() {
    DayBudget budget = new DayBudget(DAY, BERLIN);
    assertThat(budget.retry(Instant.parse("2026-07-01T10:00:00Z")))
        .isEqualTo(Instant.parse("2026-07-01T10:10:00Z"));
    assertThat(budget.retry(Instant.parse("2026-07-01T21:55:00Z")))
        .isEqualTo(Instant.parse("2026-07-01T22:00:00Z"));
  }

  @Test
  void retry_isRightOnTheNightOfTheClockChange() {
    DayBudget budget = new DayBudget(DAY, BERLIN);
    Instant midnight = Instant.parse("2026-10-25T23:00:00Z");
    assertThat(budget.retry(midnight.minusSeconds(60))).isEqualTo(midnight);
  }

  // the reviewers' week: 300 minutes at 300 lines an hour, until more is known

  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  private static final Capacity CAPACITY = new Capacity(Settings.Reviewing.DEFAULT);

  private static Capacity.Given review(String by, int daysAgo, Duration took, int lines) {
    return new Capacity.Given(
        NOW.minus(Duration.ofDays(daysAgo)),
        new Event.Reviewed(1, by, Tier.LOW, List.of(), took, lines));
  }

  @Test
  @Tag("D41")
  void withoutReviews_theSettingsHold() {
    assertThat(CAPACITY.full(1_500, List.of(), NOW)).isEmpty();
    assertThat(CAPACITY.full(1_501, List.of(), NOW).orElseThrow())
        .startsWith("1501 lines wait for review, there is time for 1500 this week");
  }

  @Test
  @Tag("D41")
  void nothingWaiting_neverHoldsUp() {
    List<Capacity.Given> busy = List.of(review("Ann", 0, Duration.ofHours(100), 10));
    assertThat(CAPACITY.full(0, busy, NOW)).isEmpty();
    assertThat(CAPACITY.full(1, busy, NOW)).isPresent();
  }

  @Test
  @Tag("D41")
  void timeUsedThisWeek_isGone_olderIsNot() {
    List<Capacity.Given> thisWeek = List.of(review("Ann", 6, Duration.ofHours(4), 10));
    assertThat(CAPACITY.full(300, thisWeek, NOW)).isEmpty();
    assertThat(CAPACITY.full(301, thisWeek, NOW)).isPresent();
    List<Capacity.Given> lastWeek = List.of(review("Ann", 8, Duration.ofHours(4), 10));
    assertThat(CAPACITY.full(1_500, lastWeek, NOW)).isEmpty();
  }

  @Test
  @Tag("D41")
  void everyReviewer_hasTheirOwnTime() {
    List<Capacity.Given> two =
        List.of(review("Ann", 1, Duration.ofHours(5), 10), review("Bob", 1, Duration.ZERO, 10));
    assertThat(CAPACITY.full(1_500, two, NOW)).isEmpty();
    assertThat(CAPACITY.full(1_501, two, NOW)).isPresent();
  }

  @Test
  @Tag("D41")
  void ownRate_isTheMiddleOfFiveReviews_andSkimmingIsNoRate() {
    List<Capacity.Given> reviews = new ArrayList<>();
    for (int lines : new int[] {50, 90, 100, 5_000, 6_000}) {
      reviews.add(review("Ann", 10, Duration.ofHours(1), lines));
    }
    assertThat(CAPACITY.full(500, reviews, NOW)).isEmpty();
    assertThat(CAPACITY.full(501, reviews, NOW)).isPresent();
    List<Capacity.Given> skimmed = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      skimmed.add(review("Ann", 10, Duration.ofSeconds(1), 1_000));
    }
    assertThat(CAPACITY.full(2_500, skimmed, NOW)).isEmpty();
    assertThat(CAPACITY.full(2_501, skimmed, NOW)).isPresent();
  }
}

package dev.longe.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.core.Event;
import dev.longe.core.Money;
import dev.longe.core.ReviewLoad;
import dev.longe.core.Tier;
import dev.longe.journal.Budget;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
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
  void budgets_areOfTheDayWhereTheUserIs() {
    DayBudget budget = new DayBudget(DAY, BERLIN);
    Instant lateInLondon = Instant.parse("2026-07-01T22:30:00Z");
    assertThat(budget.budgets("fix", Optional.empty(), lateInLondon))
        .containsExactly(new Budget("day:2026-07-02", DAY));
    assertThat(budget.budgets("fix", Optional.of(LOOP), lateInLondon.minusSeconds(3_600)))
        .containsExactly(
            new Budget("day:2026-07-01", DAY), new Budget("loop:fix:2026-07-01", LOOP));
  }

  @Test
  @Tag("D36")
  void day_endsAtMidnightWhereTheUserIs_alsoOnTheNightOfTheClockChange() {
    DayBudget budget = new DayBudget(DAY, BERLIN);
    assertThat(budget.dayEnds(Instant.parse("2026-07-01T21:59:59Z")))
        .isEqualTo(Instant.parse("2026-07-01T22:00:00Z"));
    assertThat(budget.dayEnds(Instant.parse("2026-07-01T22:00:00Z")))
        .isEqualTo(Instant.parse("2026-07-02T22:00:00Z"));
    assertThat(budget.dayEnds(Instant.parse("2026-10-25T00:30:00Z")))
        .isEqualTo(Instant.parse("2026-10-25T23:00:00Z"));
  }

  // the reviewers' week: 300 minutes at 300 lines an hour, until more is known

  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  private static final Capacity CAPACITY = new Capacity(Settings.Reviewing.DEFAULT);

  private static Capacity.Given review(String by, int daysAgo, Duration took, int lines) {
    return new Capacity.Given(
        NOW.minus(Duration.ofDays(daysAgo)),
        new Event.Reviewed(1, by, Tier.LOW, List.of(), took, lines));
  }

  private static List<ReviewLoad.Reviewer> reviewers(Capacity.Given... given) {
    return CAPACITY.load(0, List.of(given), NOW).reviewers();
  }

  @Test
  @Tag("D41")
  void withoutReviews_theSettingsAreAllThatIsKnown() {
    assertThat(CAPACITY.load(17, List.of(), NOW))
        .isEqualTo(new ReviewLoad(17, 300, 300, List.of()));
  }

  @Test
  @Tag("D41")
  void minutes_areThoseOfTheLastSevenDays_ofEachReviewer() {
    assertThat(
            reviewers(
                review("Bob", 1, Duration.ofMinutes(30), 100),
                review("Ann", 6, Duration.ofMinutes(90), 100),
                review("Ann", 7, Duration.ofHours(4), 100),
                review("Ann", 0, Duration.ofMinutes(10), 0)))
        .extracting(ReviewLoad.Reviewer::minutesUsed)
        .containsExactly(100.0, 30.0);
  }

  @Test
  @Tag("D41")
  void rate_isTheMiddleOfReviewsThatHadLinesAndTookTime() {
    assertThat(
            reviewers(
                review("Ann", 30, Duration.ofHours(1), 50),
                review("Ann", 20, Duration.ofMinutes(30), 100),
                review("Ann", 10, Duration.ofHours(1), 6_000),
                review("Ann", 9, Duration.ofHours(1), 0),
                review("Ann", 8, Duration.ofMillis(10), 9_000)))
        .containsExactly(new ReviewLoad.Reviewer(0, 3, 200));
  }

  @Test
  @Tag("D41")
  void reviewerOfWhomNoRateIsKnown_hasNone() {
    assertThat(reviewers(review("Ann", 1, Duration.ZERO, 100)))
        .containsExactly(new ReviewLoad.Reviewer(0, 0, 0));
  }
}

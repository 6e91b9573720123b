package dev.longe.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.core.Event;
import dev.longe.core.ReviewLoad;
import dev.longe.core.Tier;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The facts of reviewers' time; what follows from them is the decider's. */
final class CapacityTest {
  private static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");
  private final Capacity capacity = new Capacity(new Settings.Reviewing(60, 300));

  private static Capacity.Given review(String by, int daysAgo, int minutes, int lines) {
    return new Capacity.Given(
        NOW.minus(Duration.ofDays(daysAgo)),
        new Event.Reviewed(1, by, Tier.LOW, List.of(), Duration.ofMinutes(minutes), lines));
  }

  @Test
  void withoutReviews_theSettingsAreAllThatIsKnown() {
    assertThat(capacity.load(7, List.of(), NOW)).isEqualTo(new ReviewLoad(7, 60, 300, List.of()));
  }

  @Test
  @Tag("D41")
  void minutes_areThisWeeks_theRateIsTheMiddleOfAll() {
    ReviewLoad load =
        capacity.load(
            7,
            List.of(
                review("Ada", 1, 30, 100),
                review("Ada", 2, 10, 100),
                review("Ada", 8, 60, 100),
                review("Bob", 3, 6, 0)),
            NOW);
    assertThat(load.reviewers())
        .containsExactly(
            new ReviewLoad.Reviewer(40, 3, 200), // 200, 600 and 100 lines an hour
            new ReviewLoad.Reviewer(6, 0, 0));
  }
}

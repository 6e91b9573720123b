package dev.longe.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ResetsTest {
  private static Optional<Long> of(String... namesAndValues) {
    return Resets.of(name -> {
      for (int i = 0; i < namesAndValues.length; i += 2) {
        if (namesAndValues[i].equals(name)) {
          return List.of(namesAndValues[i + 1]);
        }
      }
      return List.of();
    });
  }

  @Test
  void retryAfter_countsFromNow_andGoesFirst() {
    long now = Instant.now().getEpochSecond();
    assertThat(of("anthropic-ratelimit-unified-reset", "1", "retry-after", "90").orElseThrow())
        .isBetween(now + 90, now + 120);
    assertThat(of("retry-after", "2.5").orElseThrow()).isBetween(now + 2, now + 30);
  }

  @Test
  void resetTimes_areEpochSecondsOrInstants() {
    assertThat(of("anthropic-ratelimit-unified-reset", "1790000000")).contains(1_790_000_000L);
    assertThat(of("anthropic-ratelimit-tokens-reset", "2026-11-20T08:00:00Z"))
        .contains(Instant.parse("2026-11-20T08:00:00Z").getEpochSecond());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "soon", "Wed, 21 Oct 2026 07:28:00 GMT", "-5", "99999999999999999999"})
  void whatCannotBeRead_isNoReset(String value) {
    assertThat(of("anthropic-ratelimit-unified-reset", value)).isEmpty();
    assertThat(of("retry-after", value.startsWith("9") ? "" : value)).isEmpty();
  }

  @Test
  void unreadableTime_leavesTheNextOneToSpeak() {
    assertThat(
            of(
                "anthropic-ratelimit-unified-reset",
                "soon",
                "anthropic-ratelimit-requests-reset",
                "1790000000"))
        .contains(1_790_000_000L);
    assertThat(Resets.of(name -> Map.<String, List<String>>of().getOrDefault(name, List.of())))
        .isEmpty();
  }
}

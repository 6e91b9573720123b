package dev.longe.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.core.Stop;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProviderErrorTest {
  private static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");

  private static Stop stop(int status, String text) {
    return ProviderError.stop(status, text, Optional.empty(), NOW);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "401 {\"type\":\"error\"} | 401",
        "unexpected status 429 Too Many Requests | 429",
        "Authentication failed (HTTP 403) | 403",
        "[API Error: {\"error\":{\"code\":500,\"message\":\"x\"}}] | 500",
        "retried 5 times Last error: 503 overloaded | 503",
        "the file has 401 lines | 0",
        "port 4290 | 0",
      })
  void status_isFoundWhereErrorsCarryIt(String text, int status) {
    assertThat(ProviderError.statusIn(text)).isEqualTo(status);
  }

  @Test
  void reset_isTheToldOne_elseTheTextsOwn_elseFiveMinutes() {
    Instant told = NOW.plusSeconds(77);
    assertThat(ProviderError.stop(429, "x", Optional.of(told), NOW))
        .isEqualTo(new Stop.RateLimited(told));
    assertThat(stop(429, "{\"retryDelay\":\"90.5s\"}"))
        .isEqualTo(new Stop.RateLimited(NOW.plusSeconds(90)));
    assertThat(stop(429, "x")).isEqualTo(new Stop.RateLimited(NOW.plusSeconds(300)));
  }

  @Test
  void fullContext_isNoOutage() {
    assertThat(stop(400, "prompt is too long: 215000 tokens")).isEqualTo(new Stop.ContextFull());
    assertThat(stop(413, "x")).isEqualTo(new Stop.ContextFull());
    assertThat(stop(0, "fetch failed")).isInstanceOf(Stop.ProviderDown.class);
  }
}

package dev.longe.core;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a quota account.
 *
 * @param account the quota account that an agent draws on
 * @param openUntil when its quota comes back, where it is used up
 */
public record Breaker(String account, Optional<Instant> openUntil) {
  public Breaker {
    Require.text(account, "quota account");
  }
}

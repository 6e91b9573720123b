package dev.longe.core;

import java.time.Instant;
import java.util.Optional;

/**
 * The known state of a quota account.
 *
 * @param account the quota account that an agent draws on
 * @param openUntil when its quota is available again; empty if the quota is not used up
 */
public record Breaker(String account, Optional<Instant> openUntil) {
  public Breaker {
    Require.text(account, "quota account");
  }
}

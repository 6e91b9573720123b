package dev.longe.journal;

import java.time.Instant;
import java.util.Optional;

/**
 * Which provider quotas are used up, stored once for all processes of a machine. Several agents may
 * use one quota account. Safe for use by many threads.
 */
public final class QuotaAccounts {
  private final Database database;

  QuotaAccounts(Database database) {
    this.database = database;
  }

  /** Records that the quota of an account is used up until {@code until}. */
  public void trip(String account, Instant until) {
    database.write(c ->
        Sql.update(
            c,
            "INSERT INTO breakers VALUES (?,?) ON CONFLICT (account) DO UPDATE SET until ="
                + " excluded.until",
            account,
            until.toEpochMilli()));
  }

  /** Until when the quota of an account is used up; empty if it is not. */
  public Optional<Instant> tripped(String account, Instant now) {
    return database.read(c ->
        Sql.one(
            c,
            r -> Instant.ofEpochMilli(r.getLong(1)),
            "SELECT until FROM breakers WHERE account = ? AND until > ?",
            account,
            now.toEpochMilli()));
  }
}

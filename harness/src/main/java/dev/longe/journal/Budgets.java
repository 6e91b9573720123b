package dev.longe.journal;

import dev.longe.core.Money;
import dev.longe.core.TaskId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Money and quotas, held once for all processes of a machine. Safe for use by many threads. */
public final class Budgets {
  private final Database database;

  Budgets(Database database) {
    this.database = database;
  }

  /**
   * Reserves money for a task's next attempt in every account; answers with what was granted, zero
   * for nothing.
   */
  public Money reserve(TaskId task, Money want, List<Budget> accounts) {
    return database.write(c -> Reservations.reserve(c, task, want, accounts));
  }

  /** What is spent and reserved in an account. */
  public Money used(String account) {
    return database.read(c -> Reservations.used(c, account));
  }

  /** Opens the breaker of an agent account until then. */
  public void trip(String account, Instant until) {
    database.write(c ->
        Sql.update(
            c,
            "INSERT INTO breakers VALUES (?,?) ON CONFLICT (account) DO UPDATE SET until ="
                + " excluded.until",
            account,
            until.toEpochMilli()));
  }

  /** Until when an account's breaker is open; empty if it is not. */
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

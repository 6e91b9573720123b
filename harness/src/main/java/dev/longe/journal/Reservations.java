package dev.longe.journal;

import dev.longe.core.Money;
import dev.longe.core.TaskId;
import dev.longe.core.Usage;
import java.sql.SQLException;
import java.util.List;

/** Money in shared budgets, reserved before it is spent and settled afterwards. */
final class Reservations {
  private Reservations() {}

  /**
   * Reserves up to {@code want} in every budget at once; the granted amount is at most the smallest
   * remainder of all of them.
   */
  static Money reserve(SqlConnection c, TaskId task, Money want, List<Budget> budgets)
      throws SQLException {
    release(c, task);
    Money granted = want;
    for (Budget budget : budgets) {
      granted = granted.min(budget.limit().left(used(c, budget.name())));
    }
    if (granted.micros() > 0) {
      for (Budget budget : budgets) {
        Sql.update(
            c,
            "INSERT INTO reservations VALUES (?,?,?)",
            task.text(),
            budget.name(),
            granted.micros());
      }
    }
    return granted;
  }

  static Money used(SqlConnection c, String budget) throws SQLException {
    return new Money(
        Sql.number(
            c,
            """
            SELECT (SELECT coalesce(sum(micros), 0) FROM accounts WHERE account = ?1)
                 + (SELECT coalesce(sum(micros), 0) FROM reservations WHERE account = ?1)
            """,
            budget));
  }

  /** Records the known cost of an attempt or a judge, and releases the rest of its reservation. */
  static void settle(SqlConnection c, TaskId task, Usage usage) throws SQLException {
    Sql.update(
        c,
        """
        INSERT INTO accounts (account, micros) SELECT account, ? FROM reservations WHERE task = ?
        ON CONFLICT (account) DO UPDATE SET micros = micros + excluded.micros
        """,
        usage.cost().known().micros(),
        task.text());
    release(c, task);
  }

  /** Releases the money that is reserved for a task. */
  static void release(SqlConnection c, TaskId task) throws SQLException {
    Sql.update(c, "DELETE FROM reservations WHERE task = ?", task.text());
  }
}

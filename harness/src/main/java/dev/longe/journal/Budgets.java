package dev.longe.journal;

import dev.longe.core.Money;
import dev.longe.core.TaskId;
import java.util.List;

/**
 * Budgets that several tasks share, stored once for all processes. Safe for use by many threads.
 */
public final class Budgets {
  private final Database database;

  Budgets(Database database) {
    this.database = database;
  }

  /**
   * Reserves money for a task's next attempt in every budget.
   *
   * @return the granted amount; zero if a budget is used up
   */
  public Money reserve(TaskId task, Money want, List<Budget> budgets) {
    return database.write(c -> Reservations.reserve(c, task, want, budgets));
  }

  /** The amount that is spent or reserved in a budget. */
  public Money used(String budget) {
    return database.read(c -> Reservations.used(c, budget));
  }
}

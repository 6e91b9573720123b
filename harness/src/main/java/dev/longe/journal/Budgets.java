package dev.longe.journal;

import dev.longe.core.Money;
import dev.longe.core.TaskId;
import java.util.List;

/** Money that several tasks share, held once for all processes. Safe for use by many threads. */
public final class Budgets {
  private final Database database;

  Budgets(Database database) {
    this.database = database;
  }

  /**
   * Reserves money for a task's next attempt in every budget.
   *
   * @return what was granted; zero where a budget is used up
   */
  public Money reserve(TaskId task, Money want, List<Budget> budgets) {
    return database.write(c -> Reservations.reserve(c, task, want, budgets));
  }

  /** What is spent and reserved in a budget. */
  public Money used(String budget) {
    return database.read(c -> Reservations.used(c, budget));
  }
}

package dev.longe.engine;

import dev.longe.core.Money;
import dev.longe.journal.Budget;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a task's money is counted besides its own limit.
 *
 * @param day what all tasks together may spend in a day
 * @param zone where a day begins
 */
public record DayBudget(Money day, ZoneId zone) {
  /**
   * The budgets of a task.
   *
   * @param loopDay what all tasks of its loop together may spend in a day
   */
  public List<Budget> budgets(String loop, Optional<Money> loopDay, Instant now) {
    LocalDate today = LocalDate.ofInstant(now, zone);
    List<Budget> budgets = new ArrayList<>();
    budgets.add(new Budget("day:" + today, day));
    loopDay.ifPresent(m -> budgets.add(new Budget("loop:" + loop + ":" + today, m)));
    return budgets;
  }

  /** When the day ends, and its money is there anew. */
  public Instant dayEnds(Instant now) {
    return LocalDate.ofInstant(now, zone).plusDays(1).atStartOfDay(zone).toInstant();
  }
}

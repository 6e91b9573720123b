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
 * The budgets of a day, which limit a task besides its own limit.
 *
 * @param day what all tasks together may spend in a day, in US dollars
 * @param zone the time zone in which a day begins
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

  /** The end of the day, when its money is available again. */
  public Instant dayEnds(Instant now) {
    return LocalDate.ofInstant(now, zone).plusDays(1).atStartOfDay(zone).toInstant();
  }
}

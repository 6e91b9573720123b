package dev.longe.engine;

import dev.longe.core.Money;
import dev.longe.journal.Budget;
import java.time.Duration;
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
  private static final Duration RETRY = Duration.ofMinutes(10);

  /**
   * The accounts of a task.
   *
   * @param loopDay what all tasks of its loop together may spend in a day
   */
  public List<Budget> accounts(String loop, Optional<Money> loopDay, Instant now) {
    LocalDate today = LocalDate.ofInstant(now, zone);
    List<Budget> accounts = new ArrayList<>();
    accounts.add(new Budget("day:" + today, day));
    loopDay.ifPresent(m -> accounts.add(new Budget("loop:" + loop + ":" + today, m)));
    return accounts;
  }

  /** When to ask again: money that is reserved may come back before the day is over. */
  public Instant retry(Instant now) {
    Instant tomorrow = LocalDate.ofInstant(now, zone).plusDays(1).atStartOfDay(zone).toInstant();
    Instant soon = now.plus(RETRY);
    return soon.isBefore(tomorrow) ? soon : tomorrow;
  }
}

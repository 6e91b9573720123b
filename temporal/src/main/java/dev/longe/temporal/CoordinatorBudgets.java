package dev.longe.temporal;

import dev.longe.core.Money;
import dev.longe.engine.DayBudget;
import dev.longe.journal.Budget;
import dev.longe.temporal.CoordinatorRequest.Answer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Money and quotas in the state of a coordinator. */
record CoordinatorBudgets(Coordinator.State state) {
  private static final int KEPT_DAYS = 2;

  Answer trip(CoordinatorRequest.Trip t) {
    state.breakers().put(t.account(), t.until());
    return new Answer.Done();
  }

  Answer tripped(CoordinatorRequest.Tripped t, Instant now) {
    return new Answer.Until(
        Optional.ofNullable(state.breakers().get(t.account())).filter(u -> u.isAfter(now)));
  }

  /** Grants the smallest amount that any of the budgets has left, as in the embedded engine. */
  Answer reserve(CoordinatorRequest.Reserve r, Instant now) {
    state.reservations().remove(r.task().text());
    DayBudget budget = new DayBudget(state.day(), ZoneId.of(state.zone()));
    List<Budget> budgets = budget.budgets(r.loop(), r.loopDay(), now);
    Money granted = r.want();
    for (Budget one : budgets) {
      granted = granted.min(one.limit().left(used(one.name())));
    }
    if (granted.micros() > 0) {
      List<String> names = budgets.stream().map(Budget::name).toList();
      state.reservations().put(r.task().text(), new Coordinator.Reservation(names, granted));
    }
    return new Answer.Reserved(granted, budget.dayEnds(now));
  }

  private Money used(String account) {
    return state.reservations().values().stream()
        .filter(r -> r.accounts().contains(account))
        .map(Coordinator.Reservation::money)
        .reduce(state.accounts().getOrDefault(account, Money.ZERO), Money::plus);
  }

  Answer settle(CoordinatorRequest.Settle s) {
    Coordinator.Reservation reservation = state.reservations().remove(s.task().text());
    if (reservation != null) {
      reservation.accounts().forEach(a -> state.accounts().merge(a, s.used(), Money::plus));
    }
    return new Answer.Done();
  }

  /** Removes amounts of days that are no longer needed. */
  void forget(Instant now) {
    LocalDate oldest = LocalDate.ofInstant(now, ZoneId.of(state.zone())).minusDays(KEPT_DAYS);
    state
        .accounts()
        .keySet()
        .removeIf(a -> LocalDate.parse(a.substring(a.lastIndexOf(':') + 1)).isBefore(oldest));
    state.breakers().values().removeIf(u -> u.isBefore(now));
  }
}

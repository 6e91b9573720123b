package dev.longe.temporal;

import dev.longe.core.Money;
import dev.longe.engine.Settings;
import dev.longe.tasks.RemoteEngine;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** The parts of the coordinator's state that a person can see and set. */
final class CoordinatorView {
  private CoordinatorView() {}

  static Coordinator.State under(Coordinator.State state, RemoteEngine.Terms terms) {
    return state.with(
        terms.day().orElse(state.day()),
        terms
            .reviewMinutes()
            .map(m -> new Settings.Reviewing(m, state.reviewing().linesAnHour()))
            .orElse(state.reviewing()),
        terms.zone().orElse(state.zone()));
  }

  static List<String> lines(Coordinator.State s, Instant now) {
    List<String> lines = new ArrayList<>();
    String today = "day:" + LocalDate.ofInstant(now, ZoneId.of(s.zone()));
    Money reserved =
        s.reservations().values().stream()
            .filter(r -> r.accounts().contains(today))
            .map(Coordinator.Reservation::money)
            .reduce(Money.ZERO, Money::plus);
    lines.add(
        "day      %s of %s spent, %s reserved (%s)"
            .formatted(s.accounts().getOrDefault(today, Money.ZERO), s.day(), reserved, s.zone()));
    lines.add(
        "review   %d lines wait, %d minutes per week for each reviewer"
            .formatted(
                s.unreviewed().values().stream().mapToInt(Integer::intValue).sum(),
                s.reviewing().minutes()));
    s.breakers()
        .forEach((account, until) -> {
          if (until.isAfter(now)) {
            lines.add("quota    " + account + " is used up until " + until);
          }
        });
    s.rows().forEach((target, row) -> lines.add("landing  " + target + ": " + row));
    for (Coordinator.Seen seen : s.machines().values()) {
      CoordinatorRequest.Machine m = seen.machine();
      long used = s.holders().values().stream().filter(m.name()::equals).count();
      lines.add(
          "worker   %s  %s  %d of %d slots  agents %s%s"
              .formatted(
                  m.name(),
                  seen.away() ? "away" : "seen " + ago(seen.at(), now),
                  used,
                  m.slots(),
                  m.agents().keySet().stream().sorted().toList(),
                  m.labels().isEmpty() ? "" : "  labels " + m.labels()));
    }
    s.waiting()
        .values()
        .forEach(a ->
            lines.add(
                "waiting  " + a.task() + " for " + a.agent().orElse("any") + " " + a.labels()));
    return lines;
  }

  private static String ago(Instant at, Instant now) {
    return Math.max(0, Duration.between(at, now).toSeconds()) + " s ago";
  }
}

package dev.longe.review;

import dev.longe.core.Commit;
import dev.longe.core.Event;
import dev.longe.core.TaskState;
import dev.longe.workspace.Authorship;
import dev.longe.workspace.Repository;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the outcome of a landed change: whether it was reverted or rewritten. */
public final class OutcomeFinder {
  /** Lines removed within this time count as rewritten: the usual two weeks for code churn. */
  public static final Duration SOON = Duration.ofDays(14);

  /** Own choice: a change counts as rewritten if half of its lines are gone. */
  private static final double REWRITTEN = 0.5;

  private OutcomeFinder() {}

  /**
   * The outcome of the task's landed change; empty if it is already recorded or there is none yet.
   *
   * @param landedAt when it landed
   */
  public static Optional<Event.Outcome> of(
      Repository repository, TaskState task, Instant landedAt) {
    Event.Landed landed = task.landed().orElseThrow();
    Optional<Commit> tip = repository.resolve(landed.ref());
    boolean known = !task.outcomes().isEmpty();
    if (known || tip.isEmpty() || repository.resolve(landed.commit().id()).isEmpty()) {
      return Optional.empty();
    }
    return repository
        .content()
        .reverting(landed.commit(), tip.get())
        .map(c -> new Event.Outcome(Event.Outcome.Fate.REVERTED, c, "found in " + landed.ref()))
        .or(() -> rewritten(repository, landed, tip.get(), landedAt));
  }

  private static Optional<Event.Outcome> rewritten(
      Repository repository, Event.Landed landed, Commit tip, Instant landedAt) {
    Commit then = repository.content().at(tip, landedAt.plus(SOON));
    Map<String, Set<String>> now = new HashMap<>();
    int lines = 0;
    int gone = 0;
    for (Authorship.Added file : repository.content().brought(landed.commit())) {
      Set<String> there =
          now.computeIfAbsent(
              file.path(),
              p ->
                  new HashSet<>(
                      repository
                          .read(then, p)
                          .map(t -> t.lines().map(String::strip).toList())
                          .orElse(List.of())));
      for (Authorship.Line line : file.lines()) {
        if (LineHashes.says(line.text())) {
          lines++;
          gone += there.contains(line.text().strip()) ? 0 : 1;
        }
      }
    }
    return lines > 0 && gone >= REWRITTEN * lines
        ? Optional.of(
            new Event.Outcome(
                Event.Outcome.Fate.REWRITTEN,
                then,
                "%d of its %d lines were changed or removed within %d days"
                    .formatted(gone, lines, SOON.toDays())))
        : Optional.empty();
  }
}

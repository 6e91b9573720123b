package dev.longe.tasks;

import dev.longe.core.Cost;
import dev.longe.core.Event;
import dev.longe.core.Money;
import dev.longe.core.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The outcomes of landed changes, and the cost of all tasks.
 *
 * @param changes the landed tasks, the oldest first
 * @param spent the cost of all tasks, landed or not
 * @param rejections how many candidates of all tasks were rejected
 */
public record OutcomeReport(List<LandedChange> changes, Cost spent, int rejections) {
  public OutcomeReport {
    changes = List.copyOf(changes);
  }

  /**
   * A landed task.
   *
   * @param landed when it landed
   * @param reviewed how long humans reviewed it
   * @param waived whether a reviewer accepted it without all that its tier requires
   * @param fate what happened to it later; empty if nothing did
   */
  public record LandedChange(
      TaskState task,
      Instant landed,
      Duration reviewed,
      boolean waived,
      Optional<Event.Outcome.Fate> fate) {}

  /** How many changes are still in place as they landed. */
  public long standing() {
    return changes.stream().filter(c -> c.fate().isEmpty()).count();
  }

  /** How many changes have this fate. */
  public long met(Event.Outcome.Fate fate) {
    return changes.stream().filter(c -> c.fate().equals(Optional.of(fate))).count();
  }

  /** How many changes were accepted without all that their tier requires. */
  public long waived() {
    return changes.stream().filter(LandedChange::waived).count();
  }

  /** The known cost for each change that is still in place; empty if there is none. */
  public Optional<Money> perStandingChange() {
    return standing() == 0
        ? Optional.empty()
        : Optional.of(new Money(spent.known().micros() / standing()));
  }

  /** How long humans reviewed the landed changes. */
  public Duration reviewed() {
    return changes.stream().map(LandedChange::reviewed).reduce(Duration.ZERO, Duration::plus);
  }
}

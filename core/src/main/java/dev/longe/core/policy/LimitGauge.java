package dev.longe.core.policy;

import dev.longe.core.Attempt;
import dev.longe.core.LimitName;
import dev.longe.core.Limits;
import dev.longe.core.Money;
import dev.longe.core.Policy;
import dev.longe.core.Spans;
import dev.longe.core.TaskState;
import dev.longe.core.Usage;
import java.time.Duration;
import java.util.Optional;

/** Compares what a task has used with its limits. */
public final class LimitGauge {
  /** The use of a running attempt so far, and how long it has run. */
  public record Live(Usage usage, Duration active) {}

  /** How close the task is to its limits. */
  public sealed interface Reading {
    record Far() implements Reading {}

    record Near(LimitName limit) implements Reading {}

    record Over(LimitName limit) implements Reading {}
  }

  private LimitGauge() {}

  /** The limit of the whole task that is reached; empty if none is. */
  static Optional<LimitName> reached(TaskState task, Policy policy) {
    Limits limits = task.limits();
    if (task.attemptsCounted() >= limits.attempts()) {
      return Optional.of(LimitName.ATTEMPTS);
    }
    return read(policy, limits, task.spent(), task.worked()) instanceof Reading.Over over
        ? Optional.of(over.limit())
        : Optional.empty();
  }

  /**
   * How close the task is to its limits while an attempt runs.
   *
   * @param task the task at the start of the attempt
   */
  public static Reading read(TaskState task, Policy policy, Live live) {
    Usage before =
        task.attempts().stream()
            .filter(a -> !a.running())
            .map(Attempt::usage)
            .reduce(Usage.NONE, Usage::plus);
    return read(
        policy, task.limits(), before.plus(live.usage()), task.worked().plus(live.active()));
  }

  private static Reading read(Policy policy, Limits limits, Usage used, Duration worked) {
    double money = part(used.cost().known().micros(), limits.money().micros());
    double tokens = part(used.tokens().counted(), limits.tokens());
    double time = part(worked.toMillis(), limits.time().toMillis());
    double most = Math.max(money, Math.max(tokens, time));
    LimitName limit =
        most == money ? LimitName.MONEY : most == tokens ? LimitName.TOKENS : LimitName.TIME;
    if (most >= 1) {
      return new Reading.Over(limit);
    }
    return most >= policy.retries().wrapUpPart() ? new Reading.Near(limit) : new Reading.Far();
  }

  private static double part(long used, long limit) {
    return (double) used / limit;
  }

  static String shown(TaskState task, LimitName limit) {
    Limits l = task.limits();
    return switch (limit) {
      case ATTEMPTS -> task.attemptsCounted() + " of " + l.attempts() + " attempts";
      case MONEY -> task.spent().cost().known() + " of " + l.money();
      case TOKENS -> task.spent().tokens().counted() + " of " + l.tokens() + " tokens";
      case TIME -> Spans.shown(task.worked()) + " of " + Spans.shown(l.time());
      case DIFF -> l.diffLines() + " lines";
      case SILENCE -> Spans.shown(l.silence());
      case OUTPUT -> l.outputBytes() + " bytes";
      case DAY -> l.day().map(Money::toString).orElse("");
    };
  }
}

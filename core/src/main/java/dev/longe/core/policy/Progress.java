package dev.longe.core.policy;

import dev.longe.core.Attempt;
import dev.longe.core.CheckSpec;
import dev.longe.core.TaskState;
import dev.longe.core.Verdict;
import dev.longe.core.Verdicts;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Progress of the checks, the only kind of progress that counts. It is measured against the best
 * result so far: a setback followed by a recovery is not progress.
 */
final class Progress {
  private Progress() {}

  /** Whether the checks of {@code attempt} are better than those of every earlier attempt. */
  static boolean made(TaskState task, Attempt attempt) {
    List<Attempt> before = checkedBefore(task, attempt);
    if (before.isEmpty() || attempt.checked().isEmpty()) {
      return false;
    }
    Set<String> now = Verdicts.failing(task, attempt);
    Set<String> last = Verdicts.failing(task, before.getLast());
    if (!last.containsAll(now)) {
      return false;
    }
    boolean fewerThanEver =
        before.stream().allMatch(b -> now.size() < Verdicts.failing(task, b).size());
    return fewerThanEver || metricImproved(task, attempt, before);
  }

  private static boolean metricImproved(TaskState task, Attempt attempt, List<Attempt> before) {
    return task.loop().checks().stream()
        .anyMatch(c -> c instanceof CheckSpec.Metric m && improved(m, attempt, before));
  }

  private static boolean improved(CheckSpec.Metric metric, Attempt attempt, List<Attempt> before) {
    OptionalDouble now = value(metric, attempt);
    return now.isPresent()
        && before.stream()
            .map(b -> value(metric, b))
            .filter(OptionalDouble::isPresent)
            .allMatch(
                b -> metric.goal().improved(b.getAsDouble(), now.getAsDouble(), metric.noise()));
  }

  private static OptionalDouble value(CheckSpec.Metric metric, Attempt attempt) {
    return attempt
        .verdict(metric.name())
        .map(v ->
            switch (v) {
              case Verdict.Passed p -> p.value();
              case Verdict.Failed f -> f.value();
              case Verdict.Broken _, Verdict.Waiting _ -> OptionalDouble.empty();
            })
        .orElse(OptionalDouble.empty());
  }

  static List<Attempt> checkedBefore(TaskState task, Attempt attempt) {
    return task.attempts().stream()
        .filter(a -> a.number() < attempt.number() && !a.checked().isEmpty())
        .toList();
  }
}

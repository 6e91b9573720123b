package dev.longe.core.policy;

import dev.longe.core.Attempt;
import dev.longe.core.Event;
import dev.longe.core.Growth;
import dev.longe.core.Policy;
import dev.longe.core.TaskState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds measures of the code that get worse with each attempt, which passing checks don't show.
 * Agents' code grows in 80–90 % of long trajectories, and prompts do not stop that (SlopCodeBench).
 */
final class Trend {
  private Trend() {}

  /**
   * The measures that rose with each of the last attempts, by more than is usual in the repository.
   */
  static List<String> rising(TaskState task, Policy policy, Attempt attempt) {
    return rising(task, policy, attempt, false);
  }

  /**
   * As {@link #rising(TaskState, Policy, Attempt)}, without the measures that are never shown to an
   * agent.
   */
  static List<String> tellable(TaskState task, Policy policy, Attempt attempt) {
    return rising(task, policy, attempt, true);
  }

  private static List<String> rising(
      TaskState task, Policy policy, Attempt attempt, boolean tellable) {
    int attempts = policy.session().risingAttempts();
    List<Event.Measured> last =
        task.attempts().stream()
            .filter(a -> a.number() <= attempt.number() && a.number() > task.humanMark())
            .flatMap(a -> a.measured().stream())
            .toList();
    if (attempt.measured().isEmpty() || last.size() < attempts) {
      return List.of();
    }
    List<Event.Measured> row = last.subList(last.size() - attempts, last.size());
    List<String> rising = new ArrayList<>();
    for (Growth now : row.getLast().growth()) {
      boolean unusual = now.rank().orElse(1) >= policy.session().unusualRank();
      if (unusual && climbs(row, now.measure()) && !(tellable && now.heldOut())) {
        rising.add(now.measure());
      }
    }
    return rising;
  }

  private static boolean climbs(List<Event.Measured> row, String measure) {
    double before = Double.NEGATIVE_INFINITY;
    for (Event.Measured one : row) {
      Optional<Growth> growth =
          one.growth().stream().filter(g -> g.measure().equals(measure)).findFirst();
      if (growth.isEmpty() || growth.get().by() <= Math.max(0, before)) {
        return false;
      }
      before = growth.get().by();
    }
    return true;
  }
}

package dev.longe.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether attempts make the code worse one after the other, which green checks don't show. Agents'
 * code grows in 80–90 % of long trajectories, and prompts do not stop that (SlopCodeBench).
 */
final class Trend {
  /** So many measured attempts in a row must each be worse than the one before. */
  static final int ATTEMPTS = 3;

  /** Growth that three quarters of the repository's own commits stay below is worth a word. */
  static final double UNUSUAL = 0.75;

  private Trend() {}

  /** The measures that rose with each of the last attempts, beyond what is usual here. */
  static List<String> rising(TaskState task, Attempt attempt) {
    return rising(task, attempt, false);
  }

  /** As {@link #rising(TaskState, Attempt)}, without those that no agent is told of. */
  static List<String> tellable(TaskState task, Attempt attempt) {
    return rising(task, attempt, true);
  }

  private static List<String> rising(TaskState task, Attempt attempt, boolean tellable) {
    List<Event.Measured> last =
        task.attempts().stream()
            .filter(a -> a.number() <= attempt.number() && a.number() > task.humanMark())
            .flatMap(a -> a.measured().stream())
            .toList();
    if (attempt.measured().isEmpty() || last.size() < ATTEMPTS) {
      return List.of();
    }
    List<Event.Measured> three = last.subList(last.size() - ATTEMPTS, last.size());
    List<String> rising = new ArrayList<>();
    for (Growth now : three.getLast().growth()) {
      boolean unusual = now.rank().orElse(1) >= UNUSUAL;
      if (unusual && climbs(three, now.measure()) && !(tellable && now.heldOut())) {
        rising.add(now.measure());
      }
    }
    return rising;
  }

  private static boolean climbs(List<Event.Measured> three, String measure) {
    double before = Double.NEGATIVE_INFINITY;
    for (Event.Measured one : three) {
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

package dev.longe.core;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Chooses the agent that works while the quota of another is used up. Another agent takes over only
 * if the loop's moves contain a hand-off. An agent that was replaced for lack of progress does not
 * work on the task again.
 */
public record Quota(TaskState task) {

  /**
   * The next agent in the loop's list whose quota is not known to be used up; empty if there is
   * none or the loop has no hand-off.
   */
  public Optional<Integer> free() {
    if (!task.loop().handsOff()) {
      return Optional.empty();
    }
    return IntStream.range(task.agentIndex() + 1, task.loop().agents().size())
        .boxed()
        .filter(i -> reset(i).isEmpty())
        .findFirst();
  }

  /** The agent that works next: a free one, else the one whose quota is available again first. */
  public int next() {
    return free()
        .or(() ->
            IntStream.range(0, task.loop().agents().size())
                .boxed()
                .filter(i -> reset(i).isPresent() && (mine(i) || task.loop().handsOff()))
                .min(Comparator.comparing(i -> reset(i).orElseThrow())))
        .orElse(task.agentIndex());
  }

  private boolean mine(int agent) {
    return agent == task.agentIndex();
  }

  /** When the first of the used-up quotas is available again. */
  public Optional<Instant> firstReset() {
    return reset(next());
  }

  /**
   * When the quota of an agent is available again, if its last attempt ended because of the quota.
   */
  private Optional<Instant> reset(int agent) {
    return task.attempts().reversed().stream()
        .filter(a -> a.agent() == agent)
        .findFirst()
        .flatMap(Attempt::stop)
        .flatMap(s -> s instanceof Stop.RateLimited r ? Optional.of(r.until()) : Optional.empty());
  }
}

package dev.longe.core;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Which agent of the loop works while the quota of another is used up. Only a loop whose moves hold
 * a hand-off lets another one take over; an agent that was left for lack of progress is not gone
 * back to.
 */
public record Quota(TaskState task) {

  /** The next agent in the loop's list that no known quota holds up. */
  public Optional<Integer> free() {
    if (!task.loop().handsOff()) {
      return Optional.empty();
    }
    return IntStream.range(task.agentIndex() + 1, task.loop().agents().size())
        .boxed()
        .filter(i -> reset(i).isEmpty())
        .findFirst();
  }

  /** The agent that is to work next: a free one, else the one whose quota comes back first. */
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

  /** When the first of the used-up quotas comes back. */
  public Optional<Instant> firstReset() {
    return reset(next());
  }

  /** When the quota of an agent comes back, if that is what its last attempt ended on. */
  private Optional<Instant> reset(int agent) {
    return task.attempts().reversed().stream()
        .filter(a -> a.agent() == agent)
        .findFirst()
        .flatMap(Attempt::stop)
        .flatMap(s -> s instanceof Stop.RateLimited r ? Optional.of(r.until()) : Optional.empty());
  }
}

package dev.longe.temporal;

import dev.longe.core.TaskId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The attempts, setups, checks and landings that run on this machine, by task and generation of the
 * claim. A message to one of an earlier claim does not reach one of a later claim. Safe for use by
 * many threads.
 */
final class RunningAttempts {
  private record Claimed(TaskId task, long generation) {}

  private final Map<Claimed, AttemptRecorder> attempts = new ConcurrentHashMap<>();

  void began(TaskId task, long generation, AttemptRecorder attempt) {
    attempts.put(new Claimed(task, generation), attempt);
  }

  void ended(TaskId task, long generation) {
    attempts.remove(new Claimed(task, generation));
  }

  /** What runs under this claim; empty if nothing does. */
  Optional<AttemptRecorder> of(TaskId task, long generation) {
    return Optional.ofNullable(attempts.get(new Claimed(task, generation)));
  }

  /** Ends everything; this machine takes no more work afterwards. */
  void leave() {
    attempts.values().forEach(a -> a.end(true));
  }
}

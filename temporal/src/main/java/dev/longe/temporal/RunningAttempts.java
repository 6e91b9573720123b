package dev.longe.temporal;

import dev.longe.core.TaskId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The attempts that run on this machine, each under the generation of its claim: what is meant for
 * an attempt of an earlier claim does not reach that of a later one. Safe for use by many threads.
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

  /** The attempt that runs under this claim; empty where none does. */
  Optional<AttemptRecorder> of(TaskId task, long generation) {
    return Optional.ofNullable(attempts.get(new Claimed(task, generation)));
  }

  /** Ends all of them; this machine takes no more work after that. */
  void leave() {
    attempts.values().forEach(a -> a.end(true));
  }
}

package dev.longe.tasks;

import dev.longe.core.Candidate;
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.intake.InvalidInput;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a candidate changes.
 *
 * @param task the task when the diff was made
 * @param patch git's patch; empty if nothing is changed
 */
public record CandidateDiff(TaskState task, Candidate candidate, String patch) {
  /**
   * @param number the number of the candidate; empty for the newest one
   * @param colour whether the patch has terminal colours
   * @throws InvalidInput if the task has no such candidate
   */
  public static CandidateDiff of(
      Tasks tasks, TaskId task, Optional<Integer> number, boolean colour) {
    TaskState state = tasks.state(task);
    Candidate candidate =
        state.attempts().reversed().stream()
            .flatMap(a -> a.candidate().stream())
            .filter(c -> number.map(n -> n == c.number()).orElse(true))
            .findFirst()
            .orElseThrow(() ->
                InvalidInput.option(
                    "TASK", task + " has no candidate" + number.map(n -> " " + n).orElse(" yet")));
    String patch =
        tasks
            .installation()
            .repository(Path.of(state.submitted().source().repository()))
            .diff(state.submitted().source().base(), candidate.commit(), colour);
    return new CandidateDiff(state, candidate, patch);
  }

  /** Whether the task has no later candidate. */
  public boolean isNewest() {
    return task.candidate().equals(Optional.of(candidate));
  }
}

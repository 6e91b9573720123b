package dev.longe.engine;

import dev.longe.check.CheckResult;
import dev.longe.core.AgentSpec;
import dev.longe.core.Candidate;
import dev.longe.core.Capabilities;
import dev.longe.core.CheckSpec;
import dev.longe.core.Event;
import dev.longe.core.Money;
import dev.longe.core.TaskState;
import dev.longe.core.policy.Decision;
import java.util.List;
import java.util.Optional;

/**
 * The side effects of a task loop. Each method may throw a {@link dev.longe.core.Fault}. Each may
 * be interrupted by the death of the process at any point and is then called again.
 *
 * <p>An effect that gets the loop takes the words of humans while it runs. It is empty if a word
 * ended it; none of its processes is alive then, and it is run again when the task continues.
 */
public interface Effects {
  /**
   * Ends what an earlier owner of the task left running: processes of an attempt, a setup or a
   * check. None of them is alive when this returns.
   */
  void endLeftovers(TaskState task);

  /** Creates the workspace; returns the id of the base's tree. */
  Optional<String> prepare(Supervised loop, TaskState task);

  /** Runs a check on the base. */
  Optional<CheckResult> checkBase(Supervised loop, TaskState task, CheckSpec check);

  /** What an agent's driver can do. */
  Capabilities can(AgentSpec agent);

  /**
   * Runs an attempt to its end, which is in the journal when this returns.
   *
   * @param asked the task before the attempt
   * @param granted the highest amount that it may cost
   */
  void attempt(Supervised loop, TaskState asked, Decision.Start start, Money granted);

  /** Makes the result of the last attempt a candidate. */
  Candidate snapshot(TaskState task);

  /** Runs a check on the candidate of the last attempt. */
  Optional<CheckResult> check(Supervised loop, TaskState task, CheckSpec check);

  /**
   * Lands the accepted candidate on its ref; returns {@code Landed} or {@code LandingRefused}.
   *
   * @param ahead tasks accepted earlier for the same target, with the same checks; they may land
   *     together with it
   */
  Optional<Event> land(
      Supervised loop, TaskState task, Event.Accepted accepted, List<TaskState> ahead);

  /** Removes what a closed task no longer needs. */
  void close(TaskState task);
}

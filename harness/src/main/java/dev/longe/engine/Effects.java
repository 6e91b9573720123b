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

/**
 * What the loop does to the world. Each method may throw a {@link dev.longe.core.Fault}; each may
 * be cut off by the harness's death at any point and is then called again.
 */
public interface Effects {
  /** Makes the workspace; answers with the id of the base's tree. */
  String prepare(TaskState task);

  /** Runs a check on the base. */
  CheckResult checkBase(TaskState task, CheckSpec check);

  /** What an agent's driver can do. */
  Capabilities can(AgentSpec agent);

  /**
   * Carries an attempt to its end, which is written down when this returns.
   *
   * @param asked the task before the attempt
   * @param granted the most that it may cost
   */
  void attempt(Supervised loop, TaskState asked, Decision.Start start, Money granted);

  /** Makes the work of the last attempt a candidate. */
  Candidate snapshot(TaskState task);

  /** Runs a check on the candidate of the last attempt. */
  CheckResult check(TaskState task, CheckSpec check);

  /**
   * Brings the accepted candidate to its ref; answers with {@code Landed} or {@code
   * LandingRefused}.
   *
   * @param ahead tasks accepted earlier for the same target, with the same checks; they may be
   *     brought along
   */
  Event land(TaskState task, Event.Accepted accepted, List<TaskState> ahead);

  /** Removes what a closed task needs no more. */
  void close(TaskState task);
}

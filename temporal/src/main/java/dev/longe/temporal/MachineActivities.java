package dev.longe.temporal;

import dev.longe.check.CheckResult;
import dev.longe.core.CheckSpec;
import dev.longe.core.Event;
import dev.longe.core.Money;
import dev.longe.core.TaskId;
import dev.longe.core.policy.Decision;
import io.temporal.activity.ActivityInterface;

/** Effects that run on the machine whose queue receives the call. */
@ActivityInterface(namePrefix = "Machine")
public interface MachineActivities {
  String prepare(Messages.Job job);

  CheckResult checkBase(Messages.Job job, CheckSpec check);

  /** Runs an attempt to its end; its heartbeats report its progress. */
  Messages.AttemptEvents attempt(Messages.Job job, Decision.Start start, Money granted);

  Messages.Saved snapshot(Messages.Job job);

  CheckResult check(Messages.Job job, CheckSpec check);

  Event land(Messages.Job job, Event.Accepted accepted);

  /** Sends transcripts and receipts to the shared repository. */
  void ship(Messages.Job job);

  /** Removes what a closed task no longer needs, on this machine and in the shared repository. */
  void close(Messages.Job job);

  /**
   * Sends a message to a running attempt. Returns false if no attempt of this generation runs on
   * this machine, or if it takes no message.
   */
  boolean steer(TaskId task, long generation, String message);

  /**
   * Ends a running attempt, setup, check or landing. Returns true when none of its processes is
   * alive, and false if nothing of this generation runs on this machine.
   */
  boolean interrupt(TaskId task, long generation);
}

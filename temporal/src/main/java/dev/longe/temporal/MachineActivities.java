package dev.longe.temporal;

import dev.longe.check.CheckResult;
import dev.longe.core.CheckSpec;
import dev.longe.core.Event;
import dev.longe.core.Money;
import dev.longe.core.TaskId;
import dev.longe.core.policy.Decision;
import io.temporal.activity.ActivityInterface;

/** Effects on the machine whose queue is asked. */
@ActivityInterface(namePrefix = "Machine")
public interface MachineActivities {
  String prepare(Messages.Job job);

  CheckResult checkBase(Messages.Job job, CheckSpec check);

  /** Carries an attempt to its end; its heartbeats say how far it is. */
  Messages.Shown attempt(Messages.Job job, Decision.Start start, Money granted);

  Messages.Saved snapshot(Messages.Job job);

  CheckResult check(Messages.Job job, CheckSpec check);

  Event land(Messages.Job job, Event.Accepted accepted);

  /** Sends transcripts and receipts to the shared repository. */
  void ship(Messages.Job job);

  /** Removes what a closed task needs no more, here and there. */
  void close(Messages.Job job);

  /** Tells a running attempt something. */
  boolean steer(TaskId task, long generation, String message);

  /** Ends a running attempt; true once nothing of it is alive, false if none runs here. */
  boolean interrupt(TaskId task, long generation);
}

package dev.longe.temporal;

import io.temporal.activity.ActivityInterface;

/** Calls from a task's workflow to the coordinator. */
@ActivityInterface(namePrefix = "Pool")
public interface CoordinatorActivities {
  /** Sends a request to the coordinator. Every request is idempotent. */
  CoordinatorRequest.Answer ask(CoordinatorRequest ask);
}

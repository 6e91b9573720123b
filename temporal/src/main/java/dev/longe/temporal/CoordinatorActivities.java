package dev.longe.temporal;

import io.temporal.activity.ActivityInterface;

/** The way from a task's workflow to the pool. */
@ActivityInterface(namePrefix = "Pool")
public interface CoordinatorActivities {
  /** Asks the pool; every question may be asked twice without harm. */
  CoordinatorRequest.Answer ask(CoordinatorRequest ask);
}

package dev.longe.temporal;

import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** The coordinator of a namespace. Each namespace has exactly one, and it never ends. */
@WorkflowInterface
public interface CoordinatorWorkflow {
  @WorkflowMethod(name = "LongePool")
  void keep(Coordinator.State state);

  @UpdateMethod
  CoordinatorRequest.Answer ask(CoordinatorRequest ask);

  /** Wakes the workflow; has no other effect. */
  @SignalMethod
  void nudge();
}

package dev.longe.temporal;

import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** The pool of a namespace; there is one, for ever. */
@WorkflowInterface
public interface CoordinatorWorkflow {
  @WorkflowMethod(name = "LongePool")
  void keep(Coordinator.State state);

  @UpdateMethod
  CoordinatorRequest.Answer ask(CoordinatorRequest ask);

  /** Only wakes it. */
  @SignalMethod
  void nudge();
}

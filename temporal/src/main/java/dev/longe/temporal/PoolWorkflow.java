package dev.longe.temporal;

import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** The pool of a namespace; there is one, for ever. */
@WorkflowInterface
public interface PoolWorkflow {
  @WorkflowMethod(name = "LongePool")
  void keep(Pool.State state);

  @UpdateMethod
  Ask.Answer ask(Ask ask);

  /** Only wakes it. */
  @SignalMethod
  void nudge();
}

package dev.longe.temporal;

import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateStage;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Asks the pool from outside of workflows; starts it where there is none yet. */
final class PoolDoor implements PoolActivities {
  private final WorkflowClient client;

  /** A server lets ten updates of one workflow be in flight; every machine keeps to one. */
  private final Lock oneByOne = new ReentrantLock(true);

  PoolDoor(WorkflowClient client) {
    this.client = client;
  }

  @Override
  public Ask.Answer ask(Ask ask) {
    WorkflowStub pool =
        client.newUntypedWorkflowStub(
            "LongePool",
            WorkflowOptions.newBuilder()
                .setWorkflowId(Queues.POOL)
                .setTaskQueue(Queues.SHARED)
                .setWorkflowIdConflictPolicy(
                    WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
                .build());
    oneByOne.lock();
    try {
      return Nudge.around(
          () ->
              pool.executeUpdateWithStart(
                  UpdateOptions.newBuilder(Ask.Answer.class)
                      .setUpdateName("ask")
                      .setWaitForStage(WorkflowUpdateStage.COMPLETED)
                      .build(),
                  new Object[] {ask},
                  new Object[] {Pool.State.fresh()}),
          () -> client.newUntypedWorkflowStub(Queues.POOL).signal("nudge"));
    } finally {
      oneByOne.unlock();
    }
  }
}

package dev.longe.temporal;

import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateStage;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Asks the pool from outside of workflows; starts it where there is none yet. */
final class CoordinatorClient implements CoordinatorActivities {
  /** A memo that whoever has the team's key can read. */
  private static final String KEY = "key";

  private final WorkflowClient client;

  /** A server lets ten updates of one workflow be in flight; every machine keeps to one. */
  private final Lock oneByOne = new ReentrantLock(true);

  CoordinatorClient(WorkflowClient client) {
    this.client = client;
  }

  @Override
  public CoordinatorRequest.Answer ask(CoordinatorRequest ask) {
    WorkflowStub pool =
        client.newUntypedWorkflowStub(
            "LongePool",
            WorkflowOptions.newBuilder()
                .setWorkflowId(Queues.POOL)
                .setTaskQueue(Queues.SHARED)
                .setMemo(Map.of(KEY, "fits"))
                .setWorkflowIdConflictPolicy(
                    WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
                .build());
    oneByOne.lock();
    try {
      return UpdateWakeup.around(
          () ->
              Deadline.call(() ->
                  pool.executeUpdateWithStart(
                      UpdateOptions.newBuilder(CoordinatorRequest.Answer.class)
                          .setUpdateName("ask")
                          .setWaitForStage(WorkflowUpdateStage.COMPLETED)
                          .build(),
                      new Object[] {ask},
                      new Object[] {Coordinator.State.fresh()})),
          () -> client.newUntypedWorkflowStub(Queues.POOL).signal("nudge"));
    } finally {
      oneByOne.unlock();
    }
  }

  /**
   * Sees whether this machine's key is the team's, before it takes work that it could not read.
   *
   * @throws io.temporal.common.converter.DataConverterException if it is not
   */
  void tryKey() {
    try {
      var _ =
          client
              .newUntypedWorkflowStub(Queues.POOL)
              .describe()
              .getMemo(KEY, String.class, String.class);
    } catch (WorkflowNotFoundException e) {
      return; // the first worker of all: its key is the team's
    }
  }
}

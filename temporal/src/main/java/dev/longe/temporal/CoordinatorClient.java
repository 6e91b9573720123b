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

/**
 * Sends requests to the coordinator from outside of workflows. Starts the coordinator if there is
 * none.
 */
final class CoordinatorClient implements CoordinatorActivities {
  /** The name of a memo that can be read only with the team's key. */
  private static final String KEY = "key";

  private final WorkflowClient client;

  /** The server allows ten updates of one workflow in flight; each machine sends one at a time. */
  private final Lock oneByOne = new ReentrantLock(true);

  CoordinatorClient(WorkflowClient client) {
    this.client = client;
  }

  @Override
  public CoordinatorRequest.Answer ask(CoordinatorRequest ask) {
    WorkflowStub coordinator =
        client.newUntypedWorkflowStub(
            "LongePool",
            WorkflowOptions.newBuilder()
                .setWorkflowId(Queues.COORDINATOR)
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
                  coordinator.executeUpdateWithStart(
                      UpdateOptions.newBuilder(CoordinatorRequest.Answer.class)
                          .setUpdateName("ask")
                          .setWaitForStage(WorkflowUpdateStage.COMPLETED)
                          .build(),
                      new Object[] {ask},
                      new Object[] {Coordinator.State.fresh()})),
          () -> client.newUntypedWorkflowStub(Queues.COORDINATOR).signal("nudge"));
    } finally {
      oneByOne.unlock();
    }
  }

  /**
   * Checks that this machine has the team's key, before it takes work that it could not read.
   *
   * @throws io.temporal.common.converter.DataConverterException if the key is a different one
   */
  void tryKey() {
    try {
      var _ =
          client
              .newUntypedWorkflowStub(Queues.COORDINATOR)
              .describe()
              .getMemo(KEY, String.class, String.class);
    } catch (WorkflowNotFoundException e) {
      return; // the first worker: its key becomes the team's
    }
  }
}

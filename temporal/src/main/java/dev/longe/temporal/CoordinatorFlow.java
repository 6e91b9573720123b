package dev.longe.temporal;

import dev.longe.core.Policy;
import dev.longe.core.policy.ReviewTime;
import io.temporal.workflow.ExternalWorkflowStub;
import io.temporal.workflow.SignalExternalWorkflowException;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The coordinator's workflow; it answers one request after the other. Workflow code. */
public final class CoordinatorFlow implements CoordinatorWorkflow {
  private static final int HISTORY_MAX = 4_000;

  /** How often the holders of slots are checked for being alive, while other tasks wait. */
  private static final Duration PROBE = Duration.ofMinutes(1);

  private final Coordinator coordinator;
  private Instant probed = Instant.EPOCH;
  private final Deque<Coordinator.Signal> outgoing = new ArrayDeque<>();

  @WorkflowInit
  public CoordinatorFlow(Coordinator.State state) {
    coordinator = new Coordinator(state);
  }

  @Override
  public void keep(Coordinator.State unused) {
    while (!ends()) {
      Workflow.await(() -> !outgoing.isEmpty() || ends());
      while (!outgoing.isEmpty()) {
        tell(outgoing.removeFirst());
      }
    }
    coordinator.budgets().forget(FlowTaskStore.now());
    Workflow.continueAsNew(coordinator.state());
  }

  private boolean ends() {
    return Workflow.getInfo().getHistoryLength() > HISTORY_MAX
        && outgoing.isEmpty()
        && Workflow.isEveryHandlerFinished();
  }

  /**
   * Sends a signal to a task. If the task's workflow no longer exists, its slot and its places are
   * released.
   */
  private void tell(Coordinator.Signal signal) {
    ExternalWorkflowStub task =
        Workflow.newUntypedExternalWorkflowStub(Queues.workflow(signal.task()));
    try {
      task.signal("granted", signal.answer());
    } catch (SignalExternalWorkflowException e) {
      coordinator.answer(
          new CoordinatorRequest.Release(signal.task(), 0, List.of()), FlowTaskStore.now());
      outgoing.addAll(coordinator.signals());
    }
  }

  @Override
  public CoordinatorRequest.Answer ask(CoordinatorRequest ask) {
    Instant now = FlowTaskStore.now();
    CoordinatorRequest.Answer answer = coordinator.answer(ask, now);
    if (waits(answer) && probed.plus(PROBE).isBefore(now)) {
      probed = now;
      outgoing.addAll(coordinator.holders());
    }
    outgoing.addAll(coordinator.signals());
    return answer;
  }

  /**
   * Release 0.1.0 also probed when reviewers had no time; its recorded coordinators are replayed.
   */
  private static boolean waits(CoordinatorRequest.Answer answer) {
    return answer instanceof CoordinatorRequest.Answer.Waits
        || (answer instanceof CoordinatorRequest.Answer.Reviewers r
            && ReviewTime.full(r.load(), Policy.V0_1_0.reviewing()));
  }

  @Override
  public void nudge() {}
}

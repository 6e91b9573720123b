package dev.longe.temporal;

import dev.longe.core.Event;
import dev.longe.core.Fault;
import dev.longe.core.TaskId;
import dev.longe.effects.Installation;
import dev.longe.journal.TimedEvent;
import dev.longe.tasks.RemoteEngine;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowExecutionMetadata;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowQueryException;
import io.temporal.client.WorkflowServiceException;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateStage;
import io.temporal.client.WorkflowUpdateTimeoutOrCancelledException;
import io.temporal.common.converter.DataConverterException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A remote engine whose tasks are workflows of one Temporal namespace. */
final class TemporalEngine implements RemoteEngine {
  private final Connection connection;
  private final CoordinatorClient coordinator;

  TemporalEngine(Connection connection) {
    this.connection = connection;
    this.coordinator = new CoordinatorClient(connection.client());
  }

  /** Runs a call and turns every failure into a fault with one sentence. */
  private <T> T reach(Supplier<T> call) {
    try {
      return call.get();
    } catch (StatusRuntimeException e) {
      throw e.getStatus().getCode() == Status.Code.DEADLINE_EXCEEDED
          ? unanswered(e)
          : Connection.meaning(connection.address(), e);
    } catch (WorkflowNotFoundException e) {
      throw new Fault("The server does not have this task any more.", e);
    } catch (WorkflowQueryException e) {
      throw new Fault(
          "The task does not answer now (%s); look at the output of the workers."
              .formatted(rootOf(e).getMessage()),
          e);
    } catch (WorkflowUpdateTimeoutOrCancelledException e) {
      throw unanswered(e);
    } catch (DataConverterException e) {
      throw undecodable(e);
    } catch (WorkflowServiceException e) {
      switch (rootOf(e)) {
        case DataConverterException d -> throw undecodable(d);
        case TimeoutException _ -> throw unanswered(e);
        case StatusRuntimeException s
            when s.getStatus().getCode() == Status.Code.DEADLINE_EXCEEDED ->
            throw unanswered(e);
        case StatusRuntimeException s -> throw Connection.meaning(connection.address(), s);
        case Throwable t -> throw new Fault("The engine failed: " + t.getMessage(), e);
      }
    }
  }

  private static Throwable rootOf(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null
        && !(root instanceof DataConverterException)
        && !(root instanceof StatusRuntimeException)) {
      root = root.getCause();
    }
    return root;
  }

  private static Fault unanswered(Exception e) {
    return new Fault(
        "No worker answers; start one with «longe worker», or look at «longe team». Nothing is"
            + " lost.",
        e);
  }

  private static Fault undecodable(DataConverterException e) {
    return new Fault(
        "The keys on this machine can't decrypt this (%s); add the key of the team to team.keys."
            .formatted(e.getMessage()),
        e);
  }

  @Override
  public void submit(TaskId task, List<TimedEvent> events) {
    Messages.Carried carried =
        new Messages.Carried(task, events, 0, Optional.empty(), Optional.empty(), Optional.empty());
    TaskMemo.Summary row =
        TaskMemo.of(
            dev.longe.core.TaskState.of(task, events.stream().map(TimedEvent::event).toList()),
            "",
            events.size());
    WorkflowStub stub =
        connection
            .client()
            .newUntypedWorkflowStub(
                "LongeTask",
                WorkflowOptions.newBuilder()
                    .setWorkflowId(Queues.workflow(task))
                    .setWorkflowIdReusePolicy(
                        WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE)
                    .setTaskQueue(Queues.SHARED)
                    .setMemo(Map.of(TaskMemo.MEMO, row))
                    .build());
    try {
      var _ = reach(() -> stub.start(carried));
    } catch (WorkflowExecutionAlreadyStarted e) {
      throw new Fault("The task " + task + " already exists.", e);
    }
  }

  private WorkflowStub stub(TaskId task) {
    return connection.client().newUntypedWorkflowStub(Queues.workflow(task));
  }

  @Override
  public String say(TaskId task, Event.Word word) {
    return update(task, "say", new TaskWorkflow.Words(List.of(word)));
  }

  @Override
  public String move(TaskId task, Optional<String> machine) {
    return update(task, "move", machine);
  }

  @Override
  public String giveUp(TaskId task, boolean forGood) {
    return update(task, "giveUp", forGood);
  }

  private String update(TaskId task, String name, Object argument) {
    try {
      return reach(() ->
          UpdateWakeup.around(
              () ->
                  Deadline.call(() ->
                          stub(task)
                              .startUpdate(
                                  UpdateOptions.newBuilder(String.class)
                                      .setUpdateName(name)
                                      .setWaitForStage(WorkflowUpdateStage.ACCEPTED)
                                      .build(),
                                  argument))
                      .getResult(),
              () -> stub(task).signal("granted", new CoordinatorRequest.Answer.Done())));
    } catch (Fault e) {
      if (e.getCause() instanceof WorkflowNotFoundException) {
        return task + " is closed and can't be changed.";
      }
      throw e;
    }
  }

  @Override
  public List<Listed> list(boolean closedToo) {
    return listed(closedToo ? "" : " AND ExecutionStatus = 'Running'");
  }

  @Override
  public List<Listed> listSince(Instant closedAfter) {
    return listed(" AND (ExecutionStatus = 'Running' OR CloseTime > '" + closedAfter + "')");
  }

  private List<Listed> listed(String which) {
    String query = "WorkflowType = 'LongeTask'" + which;
    return reach(() ->
        connection
            .client()
            .listExecutions(query)
            .sorted(
                Comparator.comparing(WorkflowExecutionMetadata::getStartTime)
                    .thenComparing(m -> m.getExecution().getWorkflowId()))
            .map(TemporalEngine::listed)
            .flatMap(Optional::stream)
            .toList());
  }

  /**
   * The list row of a run; empty for a run that was continued as a new one, which shows the same
   * task.
   */
  private static Optional<Listed> listed(WorkflowExecutionMetadata m) {
    TaskMemo.Summary shown =
        Objects.requireNonNull(
            m.getMemo(TaskMemo.MEMO, TaskMemo.Summary.class, TaskMemo.Summary.class));
    TaskId task = Queues.task(m.getExecution().getWorkflowId());
    return switch (m.getStatus()) {
      case WORKFLOW_EXECUTION_STATUS_CONTINUED_AS_NEW -> Optional.empty();
      case WORKFLOW_EXECUTION_STATUS_RUNNING, WORKFLOW_EXECUTION_STATUS_COMPLETED ->
          Optional.of(TaskMemo.listed(task, shown, waits(m, shown)));
      default -> Optional.of(TaskMemo.listed(task, shown, "ended at the server, not by Longe"));
    };
  }

  /** Why a task waits. Workers of this version do not work on tasks of another version. */
  private static String waits(WorkflowExecutionMetadata m, TaskMemo.Summary shown) {
    return m.getTaskQueue().equals(Queues.SHARED)
        ? shown.waits()
        : "it needs a worker of another version of Longe, with the task queue " + m.getTaskQueue();
  }

  @Override
  public Look look(TaskId task, int after) {
    return reach(() -> Deadline.call(() -> stub(task).query("look", Look.class, after)));
  }

  @Override
  public void work(Offer offer, Installation site, Consumer<String> told, BooleanSupplier enough) {
    reach(() -> {
      new WorkerProcess(connection, coordinator, offer, site, told).run(enough);
      return true;
    });
  }

  @Override
  public List<String> team(Terms terms) {
    return switch (reach(
        () -> Deadline.call(() -> coordinator.ask(new CoordinatorRequest.Team(terms))))) {
      case CoordinatorRequest.Answer.Lines lines -> lines.lines();
      case CoordinatorRequest.Answer other ->
          throw new IllegalStateException("the coordinator answered " + other);
    };
  }

  @Override
  public void close() {
    connection.stubs().shutdownNow();
  }
}

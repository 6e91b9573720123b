package dev.longe.temporal;

import dev.longe.core.AgentSpec;
import dev.longe.core.Event;
import dev.longe.core.Settlement;
import dev.longe.core.Stop;
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import java.util.Optional;

/** What the events of a task mean for the money and the quotas in the pool. Workflow code. */
final class FlowAccounts {
  private final TaskId task;
  private final CoordinatorActivities pool;

  FlowAccounts(TaskId task, CoordinatorActivities pool) {
    this.task = task;
    this.pool = pool;
  }

  /** Books what the event says was spent. */
  void settle(Event event) {
    Settlement.of(event)
        .ifPresent(u -> pool.ask(new CoordinatorRequest.Settle(task, u.cost().known())));
  }

  /**
   * Opens the breaker where the event is an attempt's end at a used-up quota.
   *
   * @param machine whose account of the agent it is
   * @param before the task while the attempt ran
   */
  void trip(Optional<CoordinatorRequest.Machine> machine, TaskState before, Event event) {
    if (event instanceof Event.AttemptEnded e && e.stop() instanceof Stop.RateLimited limited) {
      AgentSpec agent = before.loop().agents().get(before.running().orElseThrow().agent());
      machine
          .flatMap(m -> Optional.ofNullable(m.agents().get(agent.driver())))
          .ifPresent(a -> pool.ask(new CoordinatorRequest.Trip(a.account(), limited.until())));
    }
  }
}

package dev.longe.temporal;

import dev.longe.core.AgentSpec;
import dev.longe.core.Event;
import dev.longe.core.Settlement;
import dev.longe.core.Stop;
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import java.util.Optional;

/** Reports the effects of a task's events on money and quotas to the coordinator. Workflow code. */
final class FlowAccounts {
  private final TaskId task;
  private final CoordinatorActivities coordinator;

  FlowAccounts(TaskId task, CoordinatorActivities coordinator) {
    this.task = task;
    this.coordinator = coordinator;
  }

  /** Reports the money that was spent according to the event. */
  void settle(Event event) {
    Settlement.of(event)
        .ifPresent(u -> coordinator.ask(new CoordinatorRequest.Settle(task, u.cost().known())));
  }

  /**
   * Opens the breaker if the event is the end of an attempt whose quota is used up.
   *
   * @param machine the machine that determines the agent's quota account
   * @param before the task while the attempt ran
   */
  void trip(Optional<CoordinatorRequest.Machine> machine, TaskState before, Event event) {
    if (event instanceof Event.AttemptEnded e && e.stop() instanceof Stop.RateLimited limited) {
      AgentSpec agent = before.loop().agents().get(before.running().orElseThrow().agent());
      machine
          .flatMap(m -> Optional.ofNullable(m.agents().get(agent.driver())))
          .ifPresent(
              a -> coordinator.ask(new CoordinatorRequest.Trip(a.account(), limited.until())));
    }
  }
}

package dev.longe.effects;

import dev.longe.agent.Agent;
import dev.longe.agent.registry.Agents;
import dev.longe.core.AgentSpec;
import dev.longe.core.TaskState;
import dev.longe.home.Home;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The state that agents have in tasks. */
record AgentStates(Home home, Confining confining) {
  /** The task's own state of an agent; empty if the agent works with that of the user. */
  Optional<AgentState> of(TaskState task, Agent agent, AgentSpec spec) {
    return confining.overlays(task.loop().sandbox())
        ? Optional.of(
            new AgentState(
                agent.state(),
                confining.environment().home(),
                home.workspace(task.id()).resolve("agents").resolve(spec.driver()),
                home.root().resolve("log-ins.lock")))
        : Optional.empty();
  }

  /**
   * Prepares the state of an agent for one run.
   *
   * @return to be called when no process of the agent is alive; says what the user should know
   */
  Supplier<List<String>> begin(TaskState task, Agent agent, AgentSpec spec) {
    Optional<AgentState> state = of(task, agent, spec);
    state.ifPresent(AgentState::begin);
    return () -> state.map(AgentState::end).orElse(List.of());
  }

  /**
   * Ends the last run of an agent if the process that began it was killed.
   *
   * @return what the user should know
   */
  List<String> endLeft(TaskState task, Agents agents) {
    if (confining.refusal(task.loop().sandbox()).isPresent()) {
      return List.of();
    }
    return task.last()
        .map(a -> task.loop().agents().get(a.agent()))
        .flatMap(spec -> agents.find(spec).flatMap(agent -> of(task, agent, spec)))
        .map(AgentState::end)
        .orElse(List.of());
  }
}

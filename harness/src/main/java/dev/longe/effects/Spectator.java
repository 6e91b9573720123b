package dev.longe.effects;

import dev.longe.agent.AgentEvent;
import dev.longe.core.TaskId;

/** Watches agents for a person; what it sees decides nothing. Called on threads of the drivers. */
@FunctionalInterface
public interface Spectator {
  void saw(TaskId task, AgentEvent event);
}

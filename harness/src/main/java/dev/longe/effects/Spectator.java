package dev.longe.effects;

import dev.longe.agent.AgentEvent;
import dev.longe.core.TaskId;

/**
 * Receives the events of agents, to show them to a person. It has no influence on the task. Called
 * on threads of the drivers.
 */
@FunctionalInterface
public interface Spectator {
  void saw(TaskId task, AgentEvent event);

  /** Receives a line about what a task's landing waits for, or what a killed one has left. */
  default void told(TaskId task, String line) {}
}

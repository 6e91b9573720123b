package dev.longe.core;

import java.util.List;

/**
 * The agent that works on a task.
 *
 * @param driver the agent's name: that of a driver, or one that the user defined
 * @param arguments the program and its arguments for {@code command} and {@code acp}; the file for
 *     {@code script}; at most a model name for the others
 */
public record AgentSpec(String driver, List<String> arguments) {
  public AgentSpec {
    Require.text(driver, "agent");
    arguments = List.copyOf(arguments);
  }

  @Override
  public String toString() {
    return arguments.isEmpty() ? driver : driver + ":" + String.join(" ", arguments);
  }
}

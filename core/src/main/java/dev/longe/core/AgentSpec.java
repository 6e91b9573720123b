package dev.longe.core;

import java.util.List;

/**
 * Which agent attempts a task.
 *
 * @param driver the driver's name: {@code claude}, {@code command}, {@code script}
 * @param arguments the program and its arguments for {@code command}, the file for {@code script},
 *     at most a model's name for the others
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

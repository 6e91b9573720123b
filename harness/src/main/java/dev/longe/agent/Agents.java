package dev.longe.agent;

import dev.longe.core.AgentSpec;
import dev.longe.sandbox.Environment;
import dev.longe.sandbox.Sandbox;
import java.time.InstantSource;

/** The drivers of this version, by name. */
public final class Agents {
  private final Sandbox sandbox;
  private final Environment environment;
  private final InstantSource clock;

  public Agents(Sandbox sandbox, Environment environment, InstantSource clock) {
    this.sandbox = sandbox;
    this.environment = environment;
    this.clock = clock;
  }

  /** The driver of an agent that the door has let in. */
  public Agent of(AgentSpec spec) {
    return switch (spec.driver()) {
      case "claude" -> new ClaudeAgent(sandbox, environment, clock);
      case "command" -> new CommandAgent(sandbox);
      case "script" -> new ScriptAgent(sandbox, clock);
      default -> throw new IllegalArgumentException("no driver " + spec.driver());
    };
  }
}

package dev.longe.agent;

import dev.longe.core.AgentSpec;
import dev.longe.intake.AgentEntry;
import dev.longe.intake.AgentsFile;
import dev.longe.sandbox.Environment;
import dev.longe.sandbox.Sandbox;
import java.time.InstantSource;

/** The agents of a user, each behind the driver that speaks its protocol. */
public final class Agents {
  private final Host host;
  private final AgentsFile file;

  public Agents(
      Sandbox sandbox, Environment environment, InstantSource clock, AgentsFile file) {
    this.host = new Host(sandbox, environment, clock);
    this.file = file;
  }

  /** The driver of an agent that the door has let in. */
  public Agent of(AgentSpec spec) {
    return named(spec.driver());
  }

  /** The driver of an agent by its name. */
  public Agent named(String name) {
    AgentEntry entry = file.entry(name);
    return switch (entry.driver()) {
      case "acp" -> new AcpAgent(host, entry);
      case "claude" -> new ClaudeAgent(host, entry);
      case "codex" -> new CodexAgent(host, entry);
      case "command" -> new CommandAgent(host.sandbox(), entry);
      case "copilot" -> new CopilotAgent(host, entry);
      case "gemini" -> new GeminiAgent(host, entry);
      case "model" -> new ModelAgent(host, entry);
      case "opencode" -> new OpenCodeAgent(host, entry);
      case "pi" -> new PiAgent(host, entry);
      case "script" -> new ScriptAgent(host.sandbox(), host.clock());
      default -> throw new IllegalArgumentException("no driver " + entry.driver());
    };
  }
}

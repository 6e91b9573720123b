package dev.longe.agent.script;

import dev.longe.agent.Agent;
import dev.longe.agent.AgentEvent;
import dev.longe.agent.AgentRun;
import dev.longe.agent.Assignment;
import dev.longe.core.Capabilities;
import dev.longe.sandbox.Sandbox;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Consumer;

/** A deterministic agent that does what a small file says: the demo's agent and the drills'. */
public final class ScriptAgent implements Agent {
  private final Sandbox sandbox;
  private final InstantSource clock;

  public ScriptAgent(Sandbox sandbox, InstantSource clock) {
    this.sandbox = sandbox;
    this.clock = clock;
  }

  @Override
  public Capabilities can() {
    return new Capabilities(true, true, true);
  }

  @Override
  public AgentRun start(Assignment assignment, Consumer<AgentEvent> events) {
    Script script = Script.read(Path.of(assignment.arguments().getFirst()));
    ScriptRun run = new ScriptRun(sandbox, clock, assignment, events);
    run.begin(script.attempt(assignment.attempt()));
    return run;
  }
}

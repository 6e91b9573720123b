package dev.longe.agent.registry;

import dev.longe.agent.Agent;
import dev.longe.agent.DriverContext;
import dev.longe.agent.Login;
import dev.longe.agent.Probe;
import dev.longe.agent.Program;
import dev.longe.agent.acp.AcpAgent;
import dev.longe.agent.claude.ClaudeAgent;
import dev.longe.agent.codex.CodexAgent;
import dev.longe.agent.command.CommandAgent;
import dev.longe.agent.copilot.CopilotAgent;
import dev.longe.agent.gemini.GeminiAgent;
import dev.longe.agent.model.ModelAgent;
import dev.longe.agent.model.ModelProgram;
import dev.longe.agent.opencode.OpenCodeAgent;
import dev.longe.agent.pi.PiAgent;
import dev.longe.agent.script.ScriptAgent;
import dev.longe.core.AgentSpec;
import dev.longe.intake.AgentEntry;
import dev.longe.intake.AgentsFile;
import dev.longe.sandbox.Confinement;
import dev.longe.sandbox.Environment;
import dev.longe.sandbox.Place;
import dev.longe.sandbox.Sandbox;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The agents of a user, each behind the driver that speaks its protocol. */
public final class Agents {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final DriverContext host;
  private final AgentsFile file;

  public Agents(Sandbox sandbox, Environment environment, InstantSource clock, AgentsFile file) {
    this.host = new DriverContext(sandbox, environment, clock);
    this.file = file;
  }

  /** The driver of an agent that the door has let in. */
  public Agent of(AgentSpec spec) {
    return named(spec.driver());
  }

  /** The driver of an agent; empty if the user no longer has this agent. */
  public Optional<Agent> find(AgentSpec spec) {
    return file.names().contains(spec.driver()) ? Optional.of(of(spec)) : Optional.empty();
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

  /** Whether its program is there, and nothing speaks against credentials. */
  public boolean ready(String name) {
    Agent agent = named(name);
    return agent.program().filter(p -> host.sandbox().onPath(p.name())).isPresent()
        && agent.login().state() != Login.State.NO;
  }

  /** What is here of an agent; asks its program for the version and spends nothing. */
  public Probe probe(String name) {
    Agent agent = named(name);
    Optional<Program> program = agent.program();
    boolean installed = program.map(p -> host.sandbox().onPath(p.name())).orElse(true);
    Optional<String> version =
        program.filter(p -> installed && !p.tested().isEmpty()).map(p -> version(p.name()));
    boolean tooOld =
        program.isPresent() && version.filter(v -> program.get().tooOld(v)).isPresent();
    return new Probe(
        name,
        file.entry(name).driver(),
        program,
        installed,
        version,
        tooOld,
        installed ? agent.login() : Login.unknown("not installed"),
        agent.can(),
        agent.sessions(here()).isPresent());
  }

  /** Any place: whether sessions can be moved does not depend on it. */
  private Place here() {
    return new Place(host.home(), host.environment().basic(), new Confinement.Open());
  }

  private String version(String program) {
    Sandbox.Outcome outcome =
        host.sandbox()
            .run(host.sandbox().plain(List.of(program, "--version"), host.home(), PATIENCE));
    return outcome.output().lines().findFirst().orElse("prints no version");
  }

  /** Why an attempt of this agent can't start here; empty where it can. */
  public Optional<String> refusal(AgentSpec spec) {
    Optional<String> refusal = probe(spec.driver()).refusal();
    return refusal.isPresent() || !file.entry(spec.driver()).driver().equals("model")
        ? refusal
        : new ModelProgram(host, file.entry(spec.driver())).problem(file.model(spec).orElseThrow());
  }
}

package dev.longe.agent.pi;

import dev.longe.agent.AgentEvent;
import dev.longe.agent.AgentRun;
import dev.longe.agent.Assignment;
import dev.longe.agent.DriverContext;
import dev.longe.agent.Login;
import dev.longe.agent.Program;
import dev.longe.agent.ProgramAgent;
import dev.longe.agent.SessionFiles;
import dev.longe.core.Capabilities;
import dev.longe.intake.AgentEntry;
import dev.longe.sandbox.Confinement;
import dev.longe.sandbox.Place;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Pi over its RPC mode: the lightest of the programs, steered and aborted by a line. */
public final class PiAgent extends ProgramAgent {
  static final Program PROGRAM =
      new Program(
          "pi",
          "0.80.0",
          "0.87.1",
          "npm install -g @earendil-works/pi-coding-agent@0.87.1 (Node 22.19 or newer)");

  private static final List<String> KEYS =
      List.of(
          "ANTHROPIC_API_KEY",
          "ANTHROPIC_OAUTH_TOKEN",
          "OPENAI_API_KEY",
          "GEMINI_API_KEY",
          "OPENROUTER_API_KEY",
          "GROQ_API_KEY",
          "XAI_API_KEY");

  private static final String SESSIONS = "sessions";

  public PiAgent(DriverContext host, AgentEntry entry) {
    super(host, entry, PROGRAM);
  }

  @Override
  public Capabilities can() {
    return new Capabilities(true, true, true);
  }

  @Override
  protected List<String> ownVariables() {
    List<String> all = new ArrayList<>(KEYS);
    all.add("PI_CODING_AGENT_DIR");
    return all;
  }

  private Path agentDirectory() {
    return host().directory("PI_CODING_AGENT_DIR", ".pi/agent");
  }

  @Override
  public StatePaths state() {
    return StatePaths.in(agentDirectory(), List.of(SESSIONS), List.of("auth.json"));
  }

  @Override
  public Login login() {
    return host()
        .login(
            KEYS,
            List.of(agentDirectory().resolve("auth.json"), agentDirectory().resolve("models.json")),
            Login.no("run pi and /login, or set ANTHROPIC_API_KEY"));
  }

  @Override
  public Optional<SessionFiles> sessions(Place place) {
    return Optional.of(new PiSessions(found(place.confinement()), place.directory()));
  }

  @Override
  public List<String> sessionCommand(String session, Path directory) {
    return List.of(programName(), "--session", session);
  }

  @Override
  public AgentRun start(Assignment a, Consumer<AgentEvent> events) {
    List<String> own = new ArrayList<>(List.of("--mode", "rpc"));
    model(a).ifPresent(m -> own.addAll(List.of("--model", m)));
    // By its path: by its name it may ask a question on its output and wait for ever.
    own.addAll(
        a.resume()
            .map(session -> List.of("--session", file(a, session).toString()))
            .orElseGet(() -> List.of("--session-id", newSession(a))));
    PiProtocol protocol = new PiProtocol(events, host().clock(), a.prompt());
    Map<String, String> quiet =
        Map.of("PI_OFFLINE", "1", "PI_TELEMETRY", "0", "PI_SKIP_VERSION_CHECK", "1");
    return launch(a, argv(own), quiet, protocol.opening(), true, protocol);
  }

  /** The session's file as the agent sees it. */
  private Path file(Assignment a, String session) {
    Path root = found(a.confinement());
    return sessionRoot().resolve(root.relativize(PiSessions.file(root, session)));
  }

  private Path found(Confinement confinement) {
    return confinement.outside(sessionRoot());
  }

  private Path sessionRoot() {
    return agentDirectory().resolve(SESSIONS);
  }
}

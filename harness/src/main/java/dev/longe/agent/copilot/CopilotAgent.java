package dev.longe.agent.copilot;

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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The Copilot CLI, one process a message, JSON out. */
public final class CopilotAgent extends ProgramAgent {
  static final Program PROGRAM =
      new Program(
          "copilot",
          "1.0.0",
          "1.0.102",
          "npm install -g @github/copilot (Node 22 or newer), then copilot login");

  private static final List<String> KEYS =
      List.of(
          "COPILOT_GITHUB_TOKEN",
          "GH_TOKEN",
          "GITHUB_TOKEN",
          "COPILOT_PROVIDER_API_KEY",
          "COPILOT_PROVIDER_BEARER_TOKEN");

  private static final String SESSIONS = "session-state";

  public CopilotAgent(DriverContext host, AgentEntry entry) {
    super(host, entry, PROGRAM);
  }

  @Override
  public Capabilities can() {
    return new Capabilities(true, false, false);
  }

  @Override
  protected List<String> ownVariables() {
    List<String> all = new ArrayList<>(KEYS);
    all.addAll(
        List.of(
            "COPILOT_OFFLINE",
            "COPILOT_MODEL",
            "COPILOT_PROVIDER_BASE_URL",
            "COPILOT_PROVIDER_TYPE",
            "GH_HOST"));
    return all;
  }

  private Path home() {
    return host().home().resolve(".copilot");
  }

  @Override
  public StatePaths state() {
    return StatePaths.in(home(), List.of(SESSIONS), List.of());
  }

  @Override
  public Login login() {
    Path config = home().resolve("config.json");
    return host()
        .login(
            KEYS,
            List.of(),
            Files.exists(config)
                ? Login.unknown(config + " may contain an account")
                : Login.no("run copilot login, or set COPILOT_GITHUB_TOKEN"));
  }

  @Override
  public Optional<SessionFiles> sessions(Place place) {
    return Optional.of(new CopilotSessions(found(place.confinement()), place.directory()));
  }

  private Path found(Confinement confinement) {
    return confinement.outside(home().resolve(SESSIONS));
  }

  @Override
  public List<String> sessionCommand(String session, Path directory) {
    return List.of(programName(), "--resume", session);
  }

  @Override
  public AgentRun start(Assignment a, Consumer<AgentEvent> events) {
    String session = a.resume().orElseGet(() -> newSession(a));
    List<String> own =
        new ArrayList<>(List.of("--output-format", "json", "--allow-all-tools", "--no-ask-user"));
    model(a).ifPresent(m -> own.addAll(List.of("--model", m)));
    own.add(a.resume().isPresent() ? "--resume=" + session : "--session-id=" + session);
    CopilotProtocol protocol =
        new CopilotProtocol(
            events,
            host().clock(),
            session,
            new CopilotUsage(found(a.confinement()).resolve(session)));
    return launch(
        a, argv(own), Map.of("COPILOT_AUTO_UPDATE", "false"), a.prompt(), false, protocol);
  }
}

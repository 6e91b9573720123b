package dev.longe.agent.codex;

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
import dev.longe.sandbox.Place;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The Codex CLI over its app-server: typed errors, messages while it works, usage by turn. */
public final class CodexAgent extends ProgramAgent {
  static final Program PROGRAM =
      new Program("codex", "0.140.0", "0.169.0", "npm install -g @openai/codex, then codex login");

  public CodexAgent(DriverContext host, AgentEntry entry) {
    super(host, entry, PROGRAM);
  }

  @Override
  public Capabilities can() {
    return new Capabilities(true, true, false);
  }

  @Override
  protected List<String> ownVariables() {
    return List.of("CODEX_HOME", "CODEX_API_KEY", "OPENAI_API_KEY");
  }

  private Path codexHome() {
    return host().directory("CODEX_HOME", ".codex");
  }

  @Override
  public StatePaths state() {
    return StatePaths.in(
        codexHome(), List.of("sessions", "archived_sessions"), List.of("auth.json"));
  }

  @Override
  public Login login() {
    Path config = codexHome().resolve("config.toml");
    return host()
        .login(
            List.of("CODEX_API_KEY", "OPENAI_API_KEY"),
            List.of(codexHome().resolve("auth.json")),
            Files.exists(config)
                ? Login.unknown(config + " may configure another provider")
                : Login.no("run codex login"));
  }

  @Override
  public Optional<SessionFiles> sessions(Place place) {
    return Optional.of(
        new CodexSessions(place.confinement().outside(codexHome().resolve("sessions"))));
  }

  @Override
  public List<String> sessionCommand(String session, Path directory) {
    return List.of(programName(), "resume", session);
  }

  @Override
  public AgentRun start(Assignment a, Consumer<AgentEvent> events) {
    CodexProtocol protocol = new CodexProtocol(events, host().clock(), a, model(a));
    // Without it a refused connection is tried again for ever.
    List<String> own = List.of("--disable", "unbounded_connection_retries", "app-server");
    return launch(a, argv(own), Map.of(), protocol.opening(), true, protocol);
  }
}

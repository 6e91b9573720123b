package dev.longe.agent.gemini;

import dev.longe.agent.AgentEvent;
import dev.longe.agent.AgentRun;
import dev.longe.agent.Assignment;
import dev.longe.agent.DriverContext;
import dev.longe.agent.Login;
import dev.longe.agent.Program;
import dev.longe.agent.ProgramAgent;
import dev.longe.agent.SessionFiles;
import dev.longe.core.Capabilities;
import dev.longe.core.Fault;
import dev.longe.intake.AgentEntry;
import dev.longe.sandbox.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The Gemini CLI, one process a message, streaming JSON out. */
public final class GeminiAgent extends ProgramAgent {
  static final Program PROGRAM =
      new Program(
          "gemini",
          "0.50.0",
          "0.61.0",
          "npm install -g @google/gemini-cli (Node 20 or newer), then gemini once to log in");

  /** Under the user's own settings. */
  private static final String DEFAULTS =
      """
      {"general": {"enableAutoUpdate": false}, "privacy": {"usageStatisticsEnabled": false}}
      """;

  private static final String CREDENTIALS = "oauth_creds.json";

  public GeminiAgent(DriverContext host, AgentEntry entry) {
    super(host, entry, PROGRAM);
  }

  @Override
  public Capabilities can() {
    return new Capabilities(true, false, false);
  }

  @Override
  protected List<String> ownVariables() {
    return List.of(
        "GEMINI_API_KEY",
        "GEMINI_MODEL",
        "GOOGLE_API_KEY",
        "GOOGLE_GEMINI_BASE_URL",
        "GOOGLE_GENAI_USE_VERTEXAI",
        "GOOGLE_GENAI_USE_GCA",
        "GOOGLE_CLOUD_PROJECT",
        "GOOGLE_CLOUD_LOCATION",
        "GOOGLE_APPLICATION_CREDENTIALS");
  }

  private Path home() {
    return host().home().resolve(".gemini");
  }

  @Override
  public StatePaths state() {
    return StatePaths.in(home(), GeminiSessions.DIRECTORIES, List.of(CREDENTIALS));
  }

  @Override
  public Login login() {
    return host()
        .login(
            List.of("GEMINI_API_KEY", "GOOGLE_API_KEY", "GOOGLE_APPLICATION_CREDENTIALS"),
            List.of(home().resolve(CREDENTIALS)),
            Login.no("run gemini once and log in, or set GEMINI_API_KEY"));
  }

  @Override
  public Optional<SessionFiles> sessions(Place place) {
    return Optional.of(new GeminiSessions(home(), place.confinement()));
  }

  @Override
  public List<String> sessionCommand(String session, Path directory) {
    return List.of(programName(), "--resume", session);
  }

  @Override
  public AgentRun start(Assignment a, Consumer<AgentEvent> events) {
    List<String> own = new ArrayList<>(List.of("--output-format", "stream-json", "--yolo"));
    model(a).ifPresent(m -> own.addAll(List.of("-m", m)));
    own.addAll(
        a.resume()
            .map(session -> new GeminiSessions(home(), a.confinement()).arguments(session))
            .orElseGet(() -> List.of("--session-id", newSession(a))));
    GeminiProtocol protocol = new GeminiProtocol(events, host().clock());
    return launch(a, argv(own), variables(a), a.prompt(), false, protocol);
  }

  private static Map<String, String> variables(Assignment a) {
    Path defaults = a.exchange().resolve("gemini-defaults.json");
    try {
      Files.writeString(defaults, DEFAULTS);
    } catch (IOException e) {
      throw new Fault(defaults + " can't be written: " + e.getMessage(), e);
    }
    Map<String, String> variables = new HashMap<>();
    variables.put("GEMINI_CLI_TRUST_WORKSPACE", "true");
    variables.put("GEMINI_CLI_NO_RELAUNCH", "true"); // the relaunched one outlives its parent
    variables.put("GEMINI_TELEMETRY_ENABLED", "false");
    variables.put("GEMINI_CLI_SYSTEM_DEFAULTS_PATH", defaults.toString());
    return variables;
  }
}

package dev.longe.agent.opencode;

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
import dev.longe.sandbox.Confinement;
import dev.longe.sandbox.ProcessSpec;
import dev.longe.sandbox.Sandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** opencode over its server, one server an attempt, on loopback behind a password of its own. */
public final class OpenCodeAgent extends ProgramAgent implements SessionFiles {
  static final Program PROGRAM =
      new Program(
          "opencode", "1.0.0", "1.18.33", "npm install -g opencode-ai, then opencode auth login");

  private static final Duration EXPORT = Duration.ofMinutes(1);
  private static final long EXPORT_BYTES_MAX = 1L << 30;
  private static final List<String> KEYS =
      List.of(
          "ANTHROPIC_API_KEY",
          "OPENAI_API_KEY",
          "GEMINI_API_KEY",
          "OPENROUTER_API_KEY",
          "OPENCODE_API_KEY");

  public OpenCodeAgent(DriverContext host, AgentEntry entry) {
    super(host, entry, PROGRAM);
  }

  @Override
  public Capabilities can() {
    return new Capabilities(true, true, true);
  }

  @Override
  protected List<String> ownVariables() {
    List<String> all = new ArrayList<>(KEYS);
    all.addAll(List.of("OPENCODE_CONFIG", "OPENCODE_CONFIG_CONTENT"));
    return all;
  }

  @Override
  public List<Path> statePaths() {
    return List.of(
        host().directory("XDG_DATA_HOME", ".local/share").resolve("opencode"),
        host().directory("XDG_CONFIG_HOME", ".config").resolve("opencode"),
        host().directory("XDG_CACHE_HOME", ".cache").resolve("opencode"),
        host().directory("XDG_STATE_HOME", ".local/state").resolve("opencode"));
  }

  @Override
  public Login login() {
    boolean configured =
        host().variable("OPENCODE_CONFIG_CONTENT").isPresent()
            || Files.exists(statePaths().get(1).resolve("opencode.json"));
    return host()
        .login(
            KEYS,
            List.of(statePaths().getFirst().resolve("auth.json")),
            configured
                ? Login.unknown("its configuration may contain a key")
                : Login.no("run opencode auth login, or set the key of a provider"));
  }

  @Override
  public Optional<SessionFiles> sessions() {
    return Optional.of(this);
  }

  @Override
  public List<String> sessionCommand(String session) {
    return List.of(programName(), "--session", session);
  }

  @Override
  public void pack(String session, Path directory, Path archive) {
    Sandbox.Outcome outcome = run(List.of("export", session), directory);
    try {
      Files.writeString(file(session, archive), outcome.output());
    } catch (IOException e) {
      throw new Fault("The session can't be written to " + archive + ": " + e.getMessage(), e);
    }
  }

  private static Path file(String session, Path archive) {
    return archive.resolve(session + ".json");
  }

  @Override
  public String unpack(String session, Path archive, Path directory) {
    Sandbox.Outcome _ = run(List.of("import", file(session, archive).toString()), directory);
    return session;
  }

  /** A database for each workspace: several servers on one get in each other's way. */
  private Map<String, String> own(Path directory) {
    String name =
        UUID.nameUUIDFromBytes(directory.toString().getBytes(StandardCharsets.UTF_8)).toString();
    return Map.of(
        "OPENCODE_DB",
        statePaths().getFirst().resolve("longe-" + name + ".db").toString(),
        "OPENCODE_DISABLE_AUTOUPDATE",
        "1",
        "OPENCODE_DISABLE_MODELS_FETCH",
        "1");
  }

  private Map<String, String> variables(Path directory) {
    Map<String, String> all = new HashMap<>(host().environment().pick(variables()));
    all.putAll(own(directory));
    return all;
  }

  private Sandbox.Outcome run(List<String> words, Path directory) {
    Sandbox.Outcome outcome =
        host()
            .sandbox()
            .run(
                new ProcessSpec(
                    argv(words),
                    directory,
                    variables(directory),
                    true,
                    new Confinement.Open(),
                    EXPORT,
                    EXPORT_BYTES_MAX,
                    "",
                    false));
    if (!outcome.exit().ok()) {
      throw new Fault("«opencode " + words.getFirst() + "» failed: " + outcome.error());
    }
    return outcome;
  }

  @Override
  public AgentRun start(Assignment a, Consumer<AgentEvent> events) {
    String password = UUID.randomUUID().toString();
    OpenCodeProtocol protocol = new OpenCodeProtocol(events, host().clock(), a, model(a), password);
    Map<String, String> variables = new HashMap<>(own(a.directory()));
    variables.put("OPENCODE_SERVER_PASSWORD", password);
    List<String> own =
        List.of(
            "serve",
            "--hostname",
            "127.0.0.1",
            "--port",
            Integer.toString(OpenCodeServer.freePort()));
    return launch(a, argv(own), variables, "", false, protocol);
  }
}

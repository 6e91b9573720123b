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
import dev.longe.sandbox.Place;
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
public final class OpenCodeAgent extends ProgramAgent {
  static final Program PROGRAM =
      new Program(
          "opencode", "1.0.0", "1.18.33", "npm install -g opencode-ai, then opencode auth login");

  private static final String CREDENTIALS = "auth.json";
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
  public StatePaths state() {
    return new StatePaths(
        List.of(
            data(),
            config(),
            host().directory("XDG_CACHE_HOME", ".cache").resolve("opencode"),
            host().directory("XDG_STATE_HOME", ".local/state").resolve("opencode")),
        List.of(),
        List.of(),
        List.of(data().resolve(CREDENTIALS)));
  }

  /** Holds the databases with the sessions. */
  private Path data() {
    return host().directory("XDG_DATA_HOME", ".local/share").resolve("opencode");
  }

  private Path config() {
    return host().directory("XDG_CONFIG_HOME", ".config").resolve("opencode");
  }

  @Override
  public Login login() {
    boolean configured =
        host().variable("OPENCODE_CONFIG_CONTENT").isPresent()
            || Files.exists(config().resolve("opencode.json"));
    return host()
        .login(
            KEYS,
            List.of(data().resolve(CREDENTIALS)),
            configured
                ? Login.unknown("its configuration may contain a key")
                : Login.no("run opencode auth login, or set the key of a provider"));
  }

  @Override
  public Optional<SessionFiles> sessions(Place place) {
    return Optional.of(new Sessions(place));
  }

  @Override
  public List<String> sessionCommand(String session, Path directory) {
    String database = "OPENCODE_DB=" + database(directory);
    return List.of("env", database, programName(), "--session", session);
  }

  /**
   * The sessions in the database of a place. Only the program can read it; it runs in this place.
   */
  private final class Sessions implements SessionFiles {
    private static final String FILE = "session.json";

    private final Place place;

    Sessions(Place place) {
      this.place = place;
    }

    @Override
    public void pack(String session, Path archive) {
      Sandbox.Outcome outcome = run(List.of("export", session), place.confinement());
      try {
        Files.writeString(archive.resolve(FILE), outcome.output());
      } catch (IOException e) {
        throw new Fault("The session can't be written to " + archive + ": " + e.getMessage(), e);
      }
    }

    @Override
    public String unpack(String session, Path archive) {
      Path file = archive.resolve(FILE);
      Sandbox.Outcome _ =
          run(List.of("import", file.toString()), place.confinement().reading(file));
      return session;
    }

    private Sandbox.Outcome run(List<String> words, Confinement confinement) {
      Map<String, String> variables = new HashMap<>(place.variables());
      variables.putAll(own(place.directory()));
      Place confined = new Place(place.directory(), variables, confinement);
      Sandbox.Outcome outcome =
          host().sandbox().run(confined.process(argv(words), EXPORT, EXPORT_BYTES_MAX));
      if (!outcome.exit().ok()) {
        throw new Fault("«opencode " + words.getFirst() + "» failed: " + outcome.error());
      }
      return outcome;
    }
  }

  /** A database for each workspace: several servers on one get in each other's way. */
  private Path database(Path directory) {
    String name =
        UUID.nameUUIDFromBytes(directory.toString().getBytes(StandardCharsets.UTF_8)).toString();
    return data().resolve("longe-" + name + ".db");
  }

  private Map<String, String> own(Path directory) {
    return Map.of(
        "OPENCODE_DB",
        database(directory).toString(),
        "OPENCODE_DISABLE_AUTOUPDATE",
        "1",
        "OPENCODE_DISABLE_MODELS_FETCH",
        "1");
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

package dev.longe.cli;

import dev.longe.core.TaskState;
import dev.longe.effects.RealEffects;
import dev.longe.journal.Journal;
import dev.longe.sandbox.Environment;
import dev.longe.tasks.Tasks;
import dev.longe.testing.World;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A user at a terminal: runs {@code longe} in this process, each command with a journal opened
 * anew.
 */
public final class Terminal {
  private static final JsonMapper JSON = new JsonMapper();

  private final Path home;
  private final Path directory;

  private final Map<String, String> variables;

  public Terminal(Path home, Path directory) {
    this(home, directory, Map.of());
  }

  /**
   * @param variables set besides those of this process
   */
  public Terminal(Path home, Path directory, Map<String, String> variables) {
    this.home = home;
    this.directory = directory;
    this.variables = Map.copyOf(variables);
  }

  /** What a command printed and exited with. */
  public record Said(int exit, String out, String err) {}

  public Said longe(String... arguments) {
    return typing("", arguments);
  }

  /** A command whose messages can be read while it runs; returns its exit code. */
  int printing(ByteArrayOutputStream err, String... arguments) {
    try (App app =
        new App(
            environment(),
            directory,
            stream(new ByteArrayOutputStream()),
            stream(err),
            new ByteArrayInputStream(new byte[0]),
            false)) {
      return Main.run(app, arguments);
    }
  }

  /** A command whose standard output is a terminal. */
  Said onScreen(String... arguments) {
    return said("", true, arguments);
  }

  /** A command whose user types these lines at a terminal. */
  public Said typingOnScreen(String typed, String... arguments) {
    return said(typed, true, arguments);
  }

  /** A command whose user types these lines. */
  public Said typing(String typed, String... arguments) {
    return said(typed, false, arguments);
  }

  private Said said(String typed, boolean screen, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exit;
    try (App app =
        new App(
            environment(),
            directory,
            stream(out),
            stream(err),
            new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
            screen)) {
      exit = Main.run(app, arguments);
    }
    return new Said(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** The same user's longe, with nobody listening. */
  App app() {
    return new App(
        environment(),
        directory,
        stream(new ByteArrayOutputStream()),
        stream(new ByteArrayOutputStream()),
        new ByteArrayInputStream(new byte[0]),
        false);
  }

  private Environment environment() {
    Map<String, String> all = new HashMap<>(World.ENVIRONMENT.all());
    all.putAll(variables);
    all.put("LONGE_HOME", home.toString());
    return new Environment(all);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  public JsonNode json(String... arguments) {
    return JSON.readTree(longe(arguments).out());
  }

  public static List<JsonNode> lines(String out) {
    return out.lines().map(JSON::readTree).toList();
  }

  /** The one task's id. */
  public String task() {
    return json("ls", "--json").get(0).path("id").asString();
  }

  public TaskState state() {
    return state(task());
  }

  /** A task by its id or its first characters. */
  public TaskState state(String task) {
    try (Opened opened = open()) {
      return opened.state(task);
    }
  }

  /** What lies behind the commands, for a test that looks there or stands in for somebody. */
  public Opened open() {
    return new Opened(app());
  }

  /** The same user's installation, used without a command. */
  public static final class Opened implements AutoCloseable {
    private final App app;
    private Optional<Journal> journal = Optional.empty();

    private Opened(App app) {
      this.app = app;
    }

    public TaskState state(String task) {
      return app.state(app.task(task));
    }

    public Tasks tasks() {
      return app.tasks();
    }

    public RealEffects effects() {
      return app.effects();
    }

    public Instant now() {
      return app.now();
    }

    public Path directory() {
      return app.directory();
    }

    /** The journal of this machine, opened once more. */
    public Journal journal() {
      if (journal.isEmpty()) {
        journal =
            Optional.of(
                Journal.open(app.home().root(), app.owners()::alive, app.owners()::requireOutside));
      }
      return journal.get();
    }

    /** Makes this process known as the one that serves; false if another one does. */
    public boolean serves() {
      return journal().register(app.owners().own(), "serve", app.now());
    }

    @Override
    public void close() {
      journal.ifPresent(Journal::close);
      app.close();
    }
  }
}

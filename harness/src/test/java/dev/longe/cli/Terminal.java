package dev.longe.cli;

import dev.longe.core.TaskState;
import dev.longe.journal.Journal;
import dev.longe.sandbox.Environment;
import dev.longe.testing.World;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A user at a terminal: runs {@code longe} in this process, each command with a journal opened
 * anew.
 */
final class Terminal {
  private static final JsonMapper JSON = new JsonMapper();

  private final Path home;
  private final Path directory;

  private final Map<String, String> variables;

  Terminal(Path home, Path directory) {
    this(home, directory, Map.of());
  }

  /**
   * @param variables set besides those of this process
   */
  Terminal(Path home, Path directory, Map<String, String> variables) {
    this.home = home;
    this.directory = directory;
    this.variables = Map.copyOf(variables);
  }

  /** What a command printed and exited with. */
  record Said(int exit, String out, String err) {}

  Said longe(String... arguments) {
    return typing("", arguments);
  }

  /** A command whose user types these lines. */
  Said typing(String typed, String... arguments) {
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
            false)) {
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

  JsonNode json(String... arguments) {
    return JSON.readTree(longe(arguments).out());
  }

  static List<JsonNode> lines(String out) {
    return out.lines().map(JSON::readTree).toList();
  }

  /** The one task's id. */
  String task() {
    return json("ls", "--json").get(0).path("id").asString();
  }

  TaskState state() {
    try (App app = app()) {
      return app.state(app.task(task()));
    }
  }

  /** The journal of this machine behind a terminal, opened once more. */
  public static Journal journal(App app) {
    return Journal.open(app.home().root(), app.owners()::alive, app.owners()::requireOutside);
  }
}

package dev.longe.intake;

import dev.longe.core.AgentSpec;
import dev.longe.core.CheckName;
import dev.longe.core.CheckSpec;
import dev.longe.core.Command;
import dev.longe.core.Delivery;
import dev.longe.core.Limits;
import dev.longe.core.Loop;
import dev.longe.core.Mode;
import dev.longe.core.MoveStep;
import dev.longe.core.Review;
import dev.longe.core.Sandboxing;
import dev.longe.core.ServiceSpec;
import dev.longe.core.policy.Prompt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads a loop file: Markdown with YAML front matter, the body as prompt. */
public final class LoopFile {
  /** The protected paths of a loop that names none: tests, build and CI files, loop files. */
  public static final List<String> DEFAULT_PROTECT =
      List.of(
          ".longe/**",
          ".github/**",
          ".gitlab-ci.yml",
          ".ci/**",
          "test/**",
          "tests/**",
          "**/test/**",
          "**/tests/**",
          "**/__tests__/**",
          "**/testdata/**",
          "test_*.py",
          "*_test.*",
          "*.test.*",
          "*.spec.*",
          "*Test.java",
          "*Tests.java",
          "*IT.java",
          "conftest.py",
          "pytest.ini",
          "tox.ini",
          "setup.cfg",
          "pyproject.toml",
          "package.json",
          "jest.config.*",
          "vitest.config.*",
          "pom.xml",
          "build.gradle*",
          "Makefile",
          "CMakeLists.txt");

  /** The prompt of a loop that is given by command-line options alone. */
  static final String DEFAULT_PROMPT =
      "{{task}}\n\n"
          + "Fix the cause, not the symptom. Make bad states impossible instead of handling them.";

  /** The timeout of a check that sets none. 15 min: own choice. */
  static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(15);

  static final Set<String> KEYS =
      Set.of(
          "mode",
          "agent",
          "setup",
          "services",
          "checks",
          "protect",
          "moves",
          "limits",
          "review",
          "landing",
          "readiness",
          "sandbox",
          "network",
          "env",
          "carry");
  static final Set<String> RUN_KEYS =
      Set.of("run", "name", "report", "timeout", "red", "hidden", "cases");
  static final Set<String> METRIC_KEYS =
      Set.of("metric", "name", "goal", "noise", "timeout", "hidden");
  static final Set<String> HUMAN_KEYS = Set.of("human", "name");
  static final Set<String> JUDGE_KEYS = Set.of("judge", "agent", "name", "timeout");
  static final Set<String> GUARD_KEYS = Set.of("guard", "name");

  private final String name;
  private final String file;
  private final List<Problem> problems = new ArrayList<>();

  private final AgentField agent;

  private LoopFile(String name, String file, AgentsFile agents) {
    this.name = name;
    this.file = file;
    this.agent = new AgentField(agents);
  }

  /**
   * Reads the loop of a file.
   *
   * @param name the loop's name
   * @param file the name of the file in problems
   * @param agents the agents that the loop may name
   * @throws InvalidInput with all problems of the file
   */
  public static Loop parse(String name, String file, String text, AgentsFile agents) {
    return read(name, file, text, agents).loop();
  }

  /** The content of a loop file: the loop, and the delivery of its tasks. */
  public record Parsed(Loop loop, Delivery delivery) {}

  /** As {@link #parse}, including the delivery of the loop's tasks. */
  public static Parsed read(String name, String file, String text, AgentsFile agents) {
    return new LoopFile(name, file, agents).read(text);
  }

  /** The paths of all keys that a loop file may have. */
  public static Set<String> keys() {
    Set<String> all = new HashSet<>(KEYS);
    Stream.of(RUN_KEYS, METRIC_KEYS, HUMAN_KEYS, JUDGE_KEYS, GUARD_KEYS)
        .flatMap(Set::stream)
        .forEach(k -> all.add("checks[]." + k));
    LimitsField.KEYS.forEach(k -> all.add("limits." + k));
    ServicesField.KEYS.forEach(k -> all.add("services[]." + k));
    SetupField.KEYS.forEach(k -> all.add("setup." + k));
    return all;
  }

  private Parsed read(String text) {
    List<String> lines = text.lines().toList();
    int end = lines.isEmpty() || !lines.getFirst().strip().equals("---") ? -1 : closing(lines);
    if (end < 0) {
      problems.add(
          new Problem(file, 1, "", "must begin with front matter between two lines of ---"));
      throw new InvalidInput(problems);
    }
    String front = String.join("\n", lines.subList(1, end));
    String body = String.join("\n", lines.subList(end + 1, lines.size())).strip();
    prompt(body, end + 2);
    Map<String, Field> fields =
        Yaml.read(file, front, 1, problems).map(f -> f.map(KEYS)).orElse(Map.of());
    return loop(fields, body);
  }

  private static int closing(List<String> lines) {
    for (int i = 1; i < lines.size(); i++) {
      if (lines.get(i).strip().equals("---")) {
        return i;
      }
    }
    return -1;
  }

  private void prompt(String body, int line) {
    if (body.isBlank()) {
      problems.add(new Problem(file, line, "", "has no prompt below the front matter"));
    }
    for (String variable : Prompt.unknownVariables(body)) {
      problems.add(
          new Problem(
              file, line, "{{" + variable + "}}", "is not known; the only variable is {{task}}"));
    }
  }

  private Parsed loop(Map<String, Field> f, String body) {
    Mode mode = field(f, "mode").flatMap(x -> x.parsed(ShortForms::mode)).orElse(Mode.EXECUTE);
    List<AgentSpec> agents =
        field(f, "agent").map(x -> x.isMap() ? List.of(x) : x.items()).orElse(List.of()).stream()
            .flatMap(x -> agent.read(x).stream())
            .toList();
    SetupField.Setup setup =
        field(f, "setup").map(x -> SetupField.read(x, this::command)).orElse(SetupField.Setup.NONE);
    List<String> env = field(f, "env").map(Field::texts).orElse(List.of());
    List<ServiceSpec> services =
        field(f, "services").map(new ServicesField(this::command, env)::read).orElse(List.of());
    List<CheckSpec> checks = checks(field(f, "checks"));
    List<String> protect = field(f, "protect").map(this::protect).orElse(DEFAULT_PROTECT);
    List<MoveStep> moves = field(f, "moves").map(this::moves).orElse(ShortForms.defaultMoves());
    Limits limits = field(f, "limits").map(LimitsField::read).orElse(Limits.DEFAULT);
    Review review =
        field(f, "review").flatMap(x -> x.parsed(ShortForms::review)).orElse(Review.ALWAYS);
    Sandboxing level =
        field(f, "sandbox")
            .flatMap(x -> x.parsed(ShortForms::sandboxing))
            .orElse(Sandboxing.DEFAULT);
    Sandboxing sandbox =
        field(f, "network")
            .map(x -> level.with(NetworkField.read(x, level.network())))
            .orElse(level);
    Delivery delivery =
        new Delivery(
            field(f, "landing")
                .flatMap(x -> x.parsed(ShortForms::landing))
                .orElse(Delivery.DEFAULT.landing()),
            field(f, "readiness")
                .flatMap(x -> x.parsed(ShortForms::readiness))
                .orElse(Delivery.DEFAULT.readiness()));
    List<String> carry = field(f, "carry").map(CarryField::read).orElse(List.of());
    if (!f.containsKey("agent")) {
      problems.add(new Problem(file, 1, "agent", "is missing; for example agent: claude"));
    }
    if (mode == Mode.EXECUTE && checks.isEmpty()) {
      problems.add(
          new Problem(
              file,
              1,
              "checks",
              "a loop in execute mode needs at least one check; or set mode: explore"));
    }
    if (!problems.isEmpty()) {
      throw new InvalidInput(problems);
    }
    return new Parsed(
        new Loop(
            name,
            mode,
            agents,
            setup.command(),
            setup.key(),
            services,
            checks,
            protect,
            moves,
            limits,
            review,
            sandbox,
            env,
            carry,
            body),
        delivery);
  }

  private static Optional<Field> field(Map<String, Field> fields, String key) {
    return Optional.ofNullable(fields.get(key));
  }

  private Optional<Command> command(Field field) {
    if (field.isList()) {
      List<String> words = field.texts();
      if (words.isEmpty()) {
        field.problem("must name a program");
        return Optional.empty();
      }
      return Optional.of(new Command.Argv(words));
    }
    return field.parsed(Command.Shell::new);
  }

  private List<CheckSpec> checks(Optional<Field> field) {
    List<CheckSpec> checks = new ArrayList<>();
    Set<CheckName> names = new HashSet<>(CheckName.GUARDS);
    for (Field item : field.map(Field::items).orElse(List.of())) {
      check(item)
          .ifPresent(c -> {
            if (!names.add(c.name())) {
              item.problem("another check has the name «" + c.name() + "»; give this one a name");
            }
            checks.add(c);
          });
    }
    return checks;
  }

  private Optional<CheckSpec> check(Field item) {
    if (item.isText()) {
      return item.text().map(t -> Checks.run(t, false));
    }
    return new CheckField(item, this::command, agent).read();
  }

  private List<String> protect(Field field) {
    List<String> globs = new ArrayList<>(field.texts());
    globs.add(".longe/**");
    return globs;
  }

  private List<MoveStep> moves(Field field) {
    List<MoveStep> moves = new ArrayList<>();
    for (Field item : field.items()) {
      if (item.isMap()) {
        item.map(Set.of("continue", "fresh", "hand-off", "ask"))
            .forEach((word, times) ->
                times.parsed(Quantity::small).ifPresent(n -> moves.add(ShortForms.move(word, n))));
      } else {
        item.parsed(ShortForms::moves).ifPresent(moves::addAll);
      }
    }
    if (field.items().isEmpty()) {
      field.problem("must name at least one move");
    }
    return moves;
  }
}

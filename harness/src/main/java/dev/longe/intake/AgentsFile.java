package dev.longe.intake;

import dev.longe.core.AgentSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The agents of a user, from {@code $LONGE_HOME/agents.yaml}: entries by name. In addition, every
 * driver is an agent under its own name.
 */
public record AgentsFile(Map<String, AgentEntry> entries) {
  /** No configured agents: only the drivers. */
  public static final AgentsFile NONE = new AgentsFile(Map.of());

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");
  private static final Set<String> KEYS =
      Set.of("driver", "command", "arguments", "env", "account", "slots", "model");
  private static final Set<String> ACP_KEYS = Set.of("deny");
  private static final Set<String> MODEL_KEYS =
      Set.of("api", "endpoint", "key", "context", "turns");

  /** The kinds of tool calls that the Agent Client Protocol knows. */
  static final Set<String> KINDS =
      Set.of("read", "edit", "delete", "move", "search", "execute", "think", "fetch", "other");

  public AgentsFile {
    entries = Map.copyOf(entries);
  }

  /** The agent with this name. Every name that {@link ShortForms#agent} accepts has one. */
  public AgentEntry entry(String name) {
    AgentEntry own = entries.get(name);
    return own == null ? AgentEntry.of(name) : own;
  }

  /** The model that the loop or the entry names; empty if the agent's own settings decide. */
  public Optional<String> model(AgentSpec spec) {
    AgentEntry entry = entry(spec.driver());
    boolean program = ShortForms.PROGRAMS.contains(entry.driver());
    return program ? entry.model() : spec.arguments().stream().findFirst().or(entry::model);
  }

  /** Every name that a loop may use, sorted. */
  public Set<String> names() {
    Set<String> all = new TreeSet<>(ShortForms.AGENTS);
    all.addAll(entries.keySet());
    return all;
  }

  /**
   * Reads the text of the file.
   *
   * @throws InvalidInput with all problems of the file
   */
  public static AgentsFile parse(String file, String text) {
    List<Problem> problems = new ArrayList<>();
    Map<String, AgentEntry> entries = new HashMap<>();
    Yaml.read(file, text, 0, problems)
        .map(Field::anyMap)
        .orElse(Map.of())
        .forEach((name, field) -> {
          if (!NAME.matcher(name).matches()) {
            field.problem("an agent's name must have 1 to 32 small letters, digits and dashes");
          }
          new Reader(name, field).read().ifPresent(e -> entries.put(name, e));
        });
    if (!problems.isEmpty()) {
      throw new InvalidInput(problems);
    }
    return new AgentsFile(entries);
  }

  /** Reads one entry. */
  private static final class Reader {
    private final String name;
    private final Field entry;
    private final Map<String, Field> fields;

    Reader(String name, Field entry) {
      this.name = name;
      this.entry = entry;
      Set<String> all = new TreeSet<>(KEYS);
      all.addAll(ACP_KEYS);
      all.addAll(MODEL_KEYS);
      this.fields = entry.map(all);
    }

    Optional<AgentEntry> read() {
      String driver = get("driver").flatMap(Field::text).orElse(name);
      if (!ShortForms.AGENTS.contains(driver)) {
        entry.problem(
            "needs driver: one of " + String.join(", ", new TreeSet<>(ShortForms.AGENTS)));
        return Optional.empty();
      }
      only(ACP_KEYS, driver, "acp");
      only(MODEL_KEYS, driver, "model");
      return Optional.of(
          new AgentEntry(
              name,
              driver,
              get("command").flatMap(Field::text),
              get("arguments").map(Field::texts).orElse(List.of()),
              get("env").map(Field::texts).orElse(List.of()),
              get("account").flatMap(Field::text).orElse(driver),
              get("slots").flatMap(f -> f.parsed(Quantity::small)),
              get("model").flatMap(Field::text),
              Set.copyOf(get("deny").map(this::kinds).orElse(List.of())),
              endpoint()));
    }

    private void only(Set<String> keys, String driver, String theirs) {
      if (!driver.equals(theirs)) {
        fields.forEach((key, field) -> {
          if (keys.contains(key)) {
            field.problem("is allowed only for the driver " + theirs);
          }
        });
      }
    }

    private List<String> kinds(Field field) {
      return field.items().stream()
          .flatMap(i -> i.parsed(AgentsFile::kind).stream())
          .distinct()
          .toList();
    }

    private AgentEntry.Endpoint endpoint() {
      AgentEntry.Endpoint d = AgentEntry.Endpoint.DEFAULT;
      return new AgentEntry.Endpoint(
          get("api").flatMap(f -> f.parsed(AgentsFile::api)),
          get("endpoint").flatMap(f -> f.parsed(AgentsFile::url)),
          get("key").flatMap(Field::text),
          get("context").flatMap(f -> f.parsed(Quantity::count)).orElse(d.context()),
          get("turns").flatMap(f -> f.parsed(Quantity::small)).orElse(d.turns()));
    }

    private Optional<Field> get(String key) {
      return Optional.ofNullable(fields.get(key));
    }
  }

  private static String kind(String text) {
    if (!KINDS.contains(text)) {
      throw new IllegalArgumentException(
          "must be a kind of tool call: " + String.join(", ", new TreeSet<>(KINDS)));
    }
    return text;
  }

  private static AgentEntry.Api api(String text) {
    return switch (text) {
      case "anthropic" -> AgentEntry.Api.ANTHROPIC;
      case "openai" -> AgentEntry.Api.OPENAI;
      default -> throw new IllegalArgumentException("must be anthropic or openai, was " + text);
    };
  }

  private static String url(String text) {
    if (!text.startsWith("http://") && !text.startsWith("https://")) {
      throw new IllegalArgumentException("must begin with http:// or https://, was " + text);
    }
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }
}

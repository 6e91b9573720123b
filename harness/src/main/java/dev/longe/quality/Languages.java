package dev.longe.quality;

import dev.longe.intake.Field;
import dev.longe.intake.InvalidInput;
import dev.longe.intake.Problem;
import dev.longe.intake.Yaml;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The tables of all languages, read once from {@code languages.yaml}. */
final class Languages {
  private static final String FILE = "languages.yaml";
  private static final Set<String> TEXTS =
      Set.of(
          "grammar",
          "extensions",
          "broad",
          "loses-cause",
          "makes-by-call",
          "promise-catch",
          "error-ifs",
          "error-arms",
          "fallback-operators",
          "fallback-or",
          "fallback-calls",
          "chain",
          "suppressions");

  private static final Map<String, Language> BY_EXTENSION = new HashMap<>();
  private static final List<Language> ALL = read();

  /** What the tables say, so that an answer of an older table is not taken for today's. */
  static final String VERSION = Hash.hex(resource());

  private Languages() {}

  static List<Language> all() {
    return ALL;
  }

  /** The language of a file by its name. */
  static Optional<Language> of(String path) {
    int dot = path.lastIndexOf('.');
    return dot < 0
        ? Optional.empty()
        : Optional.ofNullable(BY_EXTENSION.get(path.substring(dot + 1).toLowerCase(Locale.ROOT)));
  }

  private static String resource() {
    try (InputStream in = Languages.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException(FILE + " is not in the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Language> read() {
    List<Problem> problems = new ArrayList<>();
    List<Language> all = new ArrayList<>();
    Yaml.read(FILE, resource(), 0, problems)
        .map(Field::anyMap)
        .orElse(Map.of())
        .forEach((name, table) -> all.add(language(name, table.map(keys()))));
    if (!problems.isEmpty()) {
      throw new InvalidInput(problems);
    }
    all.forEach(l -> l.extensions().forEach(e -> BY_EXTENSION.put(e, l)));
    return all;
  }

  private static Set<String> keys() {
    Set<String> keys = new HashSet<>(TEXTS);
    for (Language.Role role : Language.Role.values()) {
      keys.add(key(role));
    }
    return keys;
  }

  private static String key(Language.Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }

  private static Language language(String name, Map<String, Field> table) {
    Map<Language.Role, Set<String>> types = new EnumMap<>(Language.Role.class);
    for (Language.Role role : Language.Role.values()) {
      types.put(role, Set.copyOf(texts(table, key(role))));
    }
    Map<String, Integer> calls = new HashMap<>();
    Optional.ofNullable(table.get("fallback-calls"))
        .map(Field::anyMap)
        .orElse(Map.of())
        .forEach((call, n) -> n.parsed(Integer::valueOf).ifPresent(v -> calls.put(call, v)));
    return new Language(
        name,
        text(table, "grammar"),
        texts(table, "extensions"),
        types,
        Pattern.compile(text(table, "broad")),
        Set.copyOf(texts(table, "fallback-operators")),
        Set.copyOf(texts(table, "fallback-or")),
        Map.copyOf(calls),
        Optional.of(text(table, "chain")).filter(c -> !c.isEmpty()),
        Pattern.compile(text(table, "suppressions")),
        truth(table, "loses-cause"),
        truth(table, "makes-by-call"),
        truth(table, "promise-catch"),
        truth(table, "error-ifs"),
        truth(table, "error-arms"));
  }

  private static List<String> texts(Map<String, Field> table, String key) {
    return Optional.ofNullable(table.get(key)).map(Field::texts).orElse(List.of());
  }

  private static String text(Map<String, Field> table, String key) {
    return Optional.ofNullable(table.get(key)).flatMap(Field::raw).orElse("");
  }

  private static boolean truth(Map<String, Field> table, String key) {
    return text(table, key).equals("true");
  }
}

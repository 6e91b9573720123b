package dev.longe.quality;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The tables of all languages, loaded once from {@code languages.yaml}. */
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

  /** Hash of the tables. Cached results of another version are not used. */
  static final String VERSION = Hash.hex(resource());

  private Languages() {}

  static List<Language> all() {
    return ALL;
  }

  /** The language of a file, by its name. */
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
    LoadSettings settings = LoadSettings.builder().setLabel(FILE).build();
    List<Language> all =
        map(new Load(settings).loadFromString(resource())).entrySet().stream()
            .map(e -> language(e.getKey(), map(e.getValue())))
            .toList();
    all.forEach(l -> l.extensions().forEach(e -> BY_EXTENSION.put(e, l)));
    return all;
  }

  private static Map<String, Object> map(Object node) {
    Map<String, Object> map = new LinkedHashMap<>();
    ((Map<?, ?>) node).forEach((key, value) -> map.put(String.valueOf(key), value));
    return map;
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

  private static Language language(String name, Map<String, Object> table) {
    Set<String> unknown = new HashSet<>(table.keySet());
    unknown.removeAll(keys());
    if (!unknown.isEmpty()) {
      throw new IllegalStateException(FILE + ": " + name + " has unknown keys " + unknown);
    }
    Map<Language.Role, Set<String>> types = new EnumMap<>(Language.Role.class);
    for (Language.Role role : Language.Role.values()) {
      types.put(role, Set.copyOf(texts(table, key(role))));
    }
    Map<String, Integer> calls = new HashMap<>();
    if (table.containsKey("fallback-calls")) {
      map(table.get("fallback-calls")).forEach((call, n) -> calls.put(call, (Integer) n));
    }
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

  private static List<String> texts(Map<String, Object> table, String key) {
    return table.containsKey(key)
        ? ((List<?>) table.get(key)).stream().map(String::valueOf).toList()
        : List.of();
  }

  private static String text(Map<String, Object> table, String key) {
    return table.containsKey(key) ? String.valueOf(table.get(key)) : "";
  }

  private static boolean truth(Map<String, Object> table, String key) {
    return text(table, key).equals("true");
  }
}

package dev.longe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.testing.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the suite found about one agent, kept beside the tests: {@code -Dlonge.golden=write} writes
 * it down, otherwise a run must find the same again.
 */
final class Findings {
  static final Path DIRECTORY = Path.of("src/test/resources/dev/longe/conformance");
  private static final Map<String, Findings> ALL = new ConcurrentHashMap<>();
  private static final String VERSION = "version";

  private final Map<String, String> found = new ConcurrentHashMap<>();

  static Findings of(String agent) {
    return ALL.computeIfAbsent(agent, _ -> new Findings());
  }

  void version(String text) {
    found.put(VERSION, text);
  }

  void tell(Case tried, String cell) {
    found.put(tried.key(), cell);
  }

  /** What is written down about an agent. */
  record Written(String version, Map<Case, String> cells) {}

  static Written read(String agent) throws IOException {
    Map<String, String> lines = lines(agent);
    Map<Case, String> cells = new EnumMap<>(Case.class);
    for (Case c : Case.values()) {
      assertThat(lines).as("what was found about " + agent).containsKey(c.key());
      cells.put(c, lines.get(c.key()));
    }
    return new Written(lines.getOrDefault(VERSION, ""), cells);
  }

  private static Map<String, String> lines(String agent) throws IOException {
    Map<String, String> lines = new TreeMap<>();
    Path file = DIRECTORY.resolve(agent + ".txt");
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        int colon = line.indexOf(": ");
        lines.put(line.substring(0, colon), line.substring(colon + 2));
      }
    }
    return lines;
  }

  static void settle(String agent) throws IOException {
    Map<String, String> written = lines(agent);
    Map<String, String> now = of(agent).found;
    if ("write".equals(System.getProperty("longe.golden"))) {
      written.putAll(now);
      StringBuilder text = new StringBuilder();
      written.forEach((k, v) -> text.append(k).append(": ").append(v).append('\n'));
      World.write(DIRECTORY.resolve(agent + ".txt"), text.toString());
    } else {
      assertThat(written).as("what was found about " + agent).containsAllEntriesOf(now);
    }
  }
}

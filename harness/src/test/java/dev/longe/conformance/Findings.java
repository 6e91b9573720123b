package dev.longe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.testing.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the suite found about one agent, kept beside the tests: {@code -Dlonge.golden=write} writes
 * it down, otherwise a run must find the same again, for every case.
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

  static Map<String, String> lines(String agent) throws IOException {
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

  /** Compares what a whole run found with what is written down, or writes it down. */
  static void settle(String agent) throws IOException {
    Map<String, String> now = of(agent).found;
    boolean write = "write".equals(System.getProperty("longe.golden"));
    assertThat(problems(write ? now : lines(agent), now)).as(agent).isEmpty();
    if (write) {
      StringBuilder text = new StringBuilder();
      new TreeMap<>(now).forEach((k, v) -> text.append(k).append(": ").append(v).append('\n'));
      World.write(DIRECTORY.resolve(agent + ".txt"), text.toString());
    }
  }

  /**
   * What is wrong with a run: a case that was not tried and does not say why, one whose outcome is
   * another than is written down, and one that is written down and does not exist.
   */
  static List<String> problems(Map<String, String> written, Map<String, String> now) {
    Set<String> all =
        Arrays.stream(Case.values()).map(Case::key).collect(Collectors.toCollection(TreeSet::new));
    all.add(VERSION);
    List<String> problems = new ArrayList<>();
    for (String key : all) {
      String found = now.getOrDefault(key, "");
      if (found.isBlank()) {
        problems.add(key + " was never tried");
      } else if (!found.equals(written.get(key))) {
        problems.add(
            "%s: found «%s», written down is «%s»"
                .formatted(key, found, written.getOrDefault(key, "nothing")));
      }
    }
    Stream.concat(written.keySet().stream(), now.keySet().stream())
        .filter(k -> !all.contains(k))
        .distinct()
        .forEach(k -> problems.add(k + " is no case"));
    return problems;
  }
}

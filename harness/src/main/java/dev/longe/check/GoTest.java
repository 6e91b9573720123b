package dev.longe.check;

import dev.longe.core.CaseCounts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Parses the output of {@code go test -json}. */
final class GoTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int MESSAGE_CHARS = 2_000;

  private int skipped;
  private final Set<String> ran = new HashSet<>();
  private final Set<String> packagesFailed = new HashSet<>();
  private final List<String> failed = new ArrayList<>();
  private final Map<String, StringBuilder> output = new HashMap<>();

  private GoTest() {}

  static TestReport parse(String text) throws TestReport.Unreadable {
    GoTest parsed = new GoTest();
    for (String line : text.lines().toList()) {
      if (line.startsWith("{")) {
        try {
          parsed.event(JSON.readTree(line));
        } catch (JacksonException e) {
          throw new TestReport.Unreadable(
              "the report has a line that is not JSON: " + e.getMessage());
        }
      }
    }
    return parsed.report();
  }

  private void event(JsonNode event) {
    String pack = event.path("Package").asString("");
    String test = event.path("Test").asString("");
    String name = test.isEmpty() ? pack : pack + "." + test;
    switch (event.path("Action").asString("")) {
      case "output" -> {
        StringBuilder said = output.computeIfAbsent(name, _ -> new StringBuilder());
        if (said.length() < MESSAGE_CHARS) {
          said.append(event.path("Output").asString(""));
        }
      }
      case "pass" -> ran.add(name);
      case "skip" -> skipped += test.isEmpty() ? 0 : 1;
      case "fail" -> {
        ran.add(name);
        if (test.isEmpty()) {
          packagesFailed.add(pack);
        } else {
          failed.add(name);
        }
      }
      default -> {}
    }
  }

  /**
   * The report. A package that fails without a failing test becomes a failing case itself: it does
   * not compile, or its test main failed.
   */
  private TestReport report() {
    List<String> names = new ArrayList<>(failed);
    packagesFailed.stream()
        .filter(p -> failed.stream().noneMatch(f -> f.startsWith(p + ".")))
        .sorted()
        .forEach(names::add);
    return new TestReport(
        new CaseCounts(Math.max(0, ran.size() - names.size()), names.size(), skipped, 0),
        names.stream()
            .map(
                n -> new TestReport.Case(n, output.getOrDefault(n, new StringBuilder()).toString()))
            .toList());
  }
}

package dev.longe.arch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The design document's tables are the test list: every id has a test, every tagged test an id. */
final class DocsTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| ([DFI]\\d+) \\|");
  private static final Pattern TAG = Pattern.compile("@Tag\\(\"([DFI]\\d+)\"\\)");
  private static final Pattern METHOD = Pattern.compile("^  void (\\w+)\\(");
  private static final Pattern DEPENDENCY =
      Pattern.compile(
          "<artifactId>([a-z0-9-]+)</artifactId>\\s*<version>[^$<]+</version>\\s*</dependency>");

  @Test
  void everyId_hasATest_andEveryTagAnId() {
    Set<String> ids = all(ROW, Sources.text(Sources.root().resolve("docs/design.md")));
    Set<String> tags = new TreeSet<>();
    Sources.testJava().forEach(f -> tags.addAll(all(TAG, Sources.text(f))));
    assertThat(tags).isEqualTo(ids);
    assertThat(ids).hasSizeGreaterThan(60);
  }

  /** Each invariant, row and failure names the tests that hold it. */
  @Test
  void testsOfEachId_areAsDocumented() {
    Map<String, Set<String>> tests = new TreeMap<>(Comparator.comparing(DocsTest::order));
    for (Path file : Sources.testJava()) {
      String name = String.valueOf(file.getFileName()).replace(".java", "");
      Set<String> tags = new TreeSet<>();
      for (String line : Sources.text(file).lines().toList()) {
        tags.addAll(all(TAG, line));
        Matcher method = METHOD.matcher(line);
        if (method.find()) {
          tags.forEach(t ->
              tests
                  .computeIfAbsent(t, _ -> new TreeSet<>())
                  .add("`" + name + "." + method.group(1) + "`"));
          tags.clear();
        }
      }
    }
    StringBuilder text =
        new StringBuilder(
            "# Tests by id\n\n"
                + "A test generates this file from the tags of the tests. The ids are those of the"
                + " tables in `../design.md`.\n\n"
                + "| id | tests |\n"
                + "| --- | --- |\n");
    tests.forEach(
        (id, names) -> text.append("| %s | %s |\n".formatted(id, String.join(", ", names))));
    Golden.same("docs/reference/tests.md", text.toString());
  }

  /** Letter first, then the number as a number. */
  private static String order(String id) {
    return "%c%04d".formatted(id.charAt(0), Integer.parseInt(id.substring(1)));
  }

  @Test
  void everyRuntimeDependency_isArguedFor() {
    String design = Sources.text(Sources.root().resolve("docs/design.md"));
    for (String module : List.of("harness", "temporal")) {
      String pom = Sources.text(Sources.root().resolve(module + "/pom.xml"));
      assertThat(all(DEPENDENCY, pom.substring(0, pom.indexOf("<build>"))))
          .isNotEmpty()
          .allSatisfy(d -> assertThat(design).contains("`" + d + "`"));
    }
  }

  private static Set<String> all(Pattern pattern, String text) {
    Set<String> found = new TreeSet<>();
    pattern.matcher(text).results().map((MatchResult r) -> r.group(1)).forEach(found::add);
    return found;
  }
}

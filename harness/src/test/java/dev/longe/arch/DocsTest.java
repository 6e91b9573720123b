package dev.longe.arch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The design document's tables are the test list: every id has a test, every tagged test an id. */
final class DocsTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| ([DFI]\\d+) \\|");
  private static final Pattern TAG = Pattern.compile("@Tag\\(\"([DFI]\\d+)\"\\)");
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

  @Test
  void everyRuntimeDependency_isArguedFor() {
    String pom = Sources.text(Sources.root().resolve("harness/pom.xml"));
    String design = Sources.text(Sources.root().resolve("docs/design.md"));
    assertThat(all(DEPENDENCY, pom.substring(0, pom.indexOf("<build>"))))
        .isNotEmpty()
        .allSatisfy(d -> assertThat(design).contains("`" + d + "`"));
  }

  private static Set<String> all(Pattern pattern, String text) {
    Set<String> found = new TreeSet<>();
    pattern.matcher(text).results().map((MatchResult r) -> r.group(1)).forEach(found::add);
    return found;
  }
}

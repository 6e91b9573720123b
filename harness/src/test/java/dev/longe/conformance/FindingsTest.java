package dev.longe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.testing.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The suite's own bookkeeping: a cell of the table that nobody tried does not pass. */
final class FindingsTest {
  private static final Path SUITE = Path.of("src/test/java/dev/longe/conformance");

  private static Map<String, String> whole() {
    Map<String, String> all = new HashMap<>();
    for (Case c : Case.values()) {
      all.put(c.key(), "yes");
    }
    all.put(Case.STEER.key(), "no: it takes no message");
    all.put("version", "1.2.3");
    return all;
  }

  @Test
  void wholeRun_thatFindsTheSame_isWell() {
    assertThat(Findings.problems(whole(), whole())).isEmpty();
  }

  @Test
  void caseThatWasNeverTried_isSeen() {
    Map<String, String> now = whole();
    now.remove(Case.KILLED.key());
    now.put(Case.ASKED.key(), " ");
    now.remove("version");
    assertThat(Findings.problems(whole(), now))
        .containsExactlyInAnyOrder(
            "killed was never tried", "asked was never tried", "version was never tried");
  }

  @Test
  void otherOutcome_andUnknownCase_areSeen() {
    Map<String, String> now = whole();
    now.put(Case.STEER.key(), "yes");
    Map<String, String> written = whole();
    written.put("teleport", "yes");
    assertThat(Findings.problems(written, now))
        .containsExactlyInAnyOrder(
            "steer: found «yes», written down is «no: it takes no message»", "teleport is no case");
  }

  @Test
  void newCase_isNotPassedByWhatIsWrittenDown() {
    Map<String, String> written = whole();
    written.remove(Case.LOOP.key());
    assertThat(Findings.problems(written, whole()))
        .containsExactly("loop: found «yes», written down is «nothing»");
  }

  /** Every agent's suite has its table, whole, and no table is without a suite. */
  @Test
  void tables_areThoseOfTheSuites_andWhole() throws IOException {
    List<String> tables;
    try (Stream<Path> files = Files.list(Findings.DIRECTORY)) {
      tables =
          files.map(f -> String.valueOf(f.getFileName()).replace(".txt", "")).sorted().toList();
    }
    List<String> suites;
    try (Stream<Path> files = Files.list(SUITE)) {
      suites =
          files
              .filter(f -> f.toString().endsWith("ConformanceIT.java"))
              .map(FindingsTest::agent)
              .sorted()
              .toList();
    }
    assertThat(tables).isEqualTo(suites).hasSizeGreaterThan(8);
    for (String agent : tables) {
      assertThat(Findings.problems(Findings.lines(agent), Findings.lines(agent)))
          .as(agent)
          .isEmpty();
    }
  }

  /**
   * {@code model-anthropic} of {@code ModelAnthropicConformanceIT}, by what the class itself says.
   */
  private static String agent(Path suite) {
    String text = World.read(suite);
    String after = text.substring(text.indexOf("String agent()"));
    return after.substring(after.indexOf('"') + 1, after.indexOf('"', after.indexOf('"') + 1));
  }

  @Test
  void everyCase_hasATestThatTellsIt() {
    String suite = World.read(SUITE.resolve("Conformance.java"));
    for (Case c : Case.values()) {
      assertThat(suite).containsPattern("(tell|endsWell)\\(\\s*Case\\." + c.name() + "\\b");
    }
  }
}

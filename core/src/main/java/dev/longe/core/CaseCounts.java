package dev.longe.core;

import java.util.ArrayList;
import java.util.List;

/**
 * How many test cases a run of a check had, by their result.
 *
 * @param expected failed, and are expected to fail
 */
public record CaseCounts(int passed, int failed, int skipped, int expected) {
  /** No cases. */
  public static final CaseCounts NONE = new CaseCounts(0, 0, 0, 0);

  public CaseCounts {
    Require.that(
        passed >= 0 && failed >= 0 && skipped >= 0 && expected >= 0, "a count is not negative");
  }

  /** How many cases there are. */
  public int total() {
    return passed + failed + skipped + expected;
  }

  /** How many cases were run. Cases that are skipped were not. */
  public int ran() {
    return total() - skipped;
  }

  /** The counts of both together. */
  public CaseCounts plus(CaseCounts other) {
    return new CaseCounts(
        passed + other.passed,
        failed + other.failed,
        skipped + other.skipped,
        expected + other.expected);
  }

  /** The counts for people, for example {@code 7 cases passed, 1 failed, 2 skipped}. */
  public String shown() {
    List<String> parts = new ArrayList<>(List.of(Text.count(passed, "case") + " passed"));
    if (failed > 0) {
      parts.add(failed + " failed");
    }
    if (skipped > 0) {
      parts.add(skipped + " skipped");
    }
    if (expected > 0) {
      parts.add(expected + " expected to fail");
    }
    return String.join(", ", parts);
  }
}

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

  /** A larger number is taken for this one, so that sums are right. */
  private static final long MAX = 500_000_000;

  /** The counts; what is larger than 500 million is taken for that. */
  public static CaseCounts of(long passed, long failed, long skipped, long expected) {
    return new CaseCounts(
        (int) Math.min(MAX, passed),
        (int) Math.min(MAX, failed),
        (int) Math.min(MAX, skipped),
        (int) Math.min(MAX, expected));
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
    return of(
        (long) passed + other.passed,
        (long) failed + other.failed,
        (long) skipped + other.skipped,
        (long) expected + other.expected);
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

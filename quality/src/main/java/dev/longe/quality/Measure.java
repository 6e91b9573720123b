package dev.longe.quality;

import java.util.Locale;

/**
 * A measure of a whole tree. A higher value is worse, except for the first three. The code is the
 * name in lower case with dashes.
 */
public enum Measure {
  LINES("lines of measured code", false),
  FUNCTIONS("functions", false),
  ASSERTIONS("assertions in tests", false),
  MASS("complexity mass: sum of (complexity − 1) · √statements", true),
  EROSION("part of the complexity mass in functions above 10", true),
  CLONE_LINES("lines that also occur elsewhere", true),
  HIDING("handlers that hide an error", true),
  FALLBACKS("defaults in place of missing values", true),
  GUARDS("redundant guards", true),
  WRAPPERS("functions that only pass their arguments on", true),
  SINGLE_USE("functions that are called from one place", true),
  SUPPRESSIONS("suppressed warnings and casts", true),
  SKIPPED_TESTS("skipped tests and sleeps in tests", true);

  private final String meaning;
  private final boolean worse;

  Measure(String meaning, boolean worse) {
    this.meaning = meaning;
    this.worse = worse;
  }

  public String meaning() {
    return meaning;
  }

  /** Whether a higher value is worse. */
  public boolean moreIsWorse() {
    return worse;
  }

  /** Whether the measure is hidden from agents, so that they don't optimize for it. */
  public boolean heldOut() {
    return this == EROSION || this == SINGLE_USE;
  }

  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

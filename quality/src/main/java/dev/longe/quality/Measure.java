package dev.longe.quality;

import java.util.Locale;

/**
 * A number about a whole tree; more is worse for all but the first three. The code is the name in
 * lower case with dashes.
 */
public enum Measure {
  LINES("lines of measured code", false),
  FUNCTIONS("functions", false),
  ASSERTIONS("assertions in tests", false),
  MASS("complexity mass: sum of (complexity − 1) · √statements", true),
  EROSION("part of the complexity mass in functions above 10", true),
  CLONE_LINES("lines that stand elsewhere too", true),
  HIDING("handlers that hide an error", true),
  FALLBACKS("defaults in place of missing values", true),
  GUARDS("redundant guards", true),
  WRAPPERS("functions that only hand their arguments on", true),
  SINGLE_USE("functions that are called from one place", true),
  SUPPRESSIONS("silenced tools and casts", true),
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

  /** Whether more of it is worse. */
  public boolean moreIsWorse() {
    return worse;
  }

  /** Measures that no agent is told of, so that none is worked towards. */
  public boolean heldOut() {
    return this == EROSION || this == SINGLE_USE;
  }

  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

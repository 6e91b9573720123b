package dev.longe.quality;

import java.util.Locale;

/** The kinds of findings. The code is the name in lower case with dashes. */
public enum Rule {
  SWALLOW_EMPTY(Family.HIDING, "an error is caught and nothing is done"),
  SWALLOW_LOG(Family.HIDING, "an error is caught and only logged"),
  SWALLOW_DEFAULT(Family.HIDING, "an error is caught and a default is given in its place"),
  SWALLOW_SENTINEL(Family.HIDING, "an error is caught and a special value is given in its place"),
  CAUSE_LOST(Family.HIDING, "an error is thrown in place of another, without it as the cause"),
  SWALLOW_NARROW(Family.HANDLING, "a particular error is caught and not passed on"),
  DEFAULT_FALLBACK(Family.HANDLING, "a default is put in place of a missing value"),
  REDUNDANT_GUARD(Family.HANDLING, "a value is tested again that was tested or made just before"),
  CLONE(Family.STRUCTURE, "the same lines, except for names, also occur elsewhere"),
  COMPLEX_FUNCTION(Family.STRUCTURE, "a function has a cyclomatic complexity above 10"),
  TRIVIAL_WRAPPER(Family.STRUCTURE, "a function only passes its arguments on"),
  ASSERTION_REMOVED(Family.TESTS, "a test asserts less than before"),
  TEST_SKIPPED(Family.TESTS, "a test is skipped"),
  TEST_SLEEP(Family.TESTS, "a test waits for time to pass"),
  TOLERANCE(Family.TESTS, "a test allows a difference"),
  SUPPRESSION(Family.SUPPRESSIONS, "a warning of a tool or of the type system is suppressed"),
  CAST(Family.SUPPRESSIONS, "a value is declared to have another type");

  /** Groups of rules with a similar effect on code. */
  public enum Family {
    HIDING,
    HANDLING,
    STRUCTURE,
    TESTS,
    SUPPRESSIONS
  }

  private final Family family;
  private final String meaning;

  Rule(Family family, String meaning) {
    this.family = family;
    this.meaning = meaning;
  }

  public Family family() {
    return family;
  }

  public String meaning() {
    return meaning;
  }

  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

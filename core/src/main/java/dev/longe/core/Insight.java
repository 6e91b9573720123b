package dev.longe.core;

/**
 * What a human did to understand a change.
 *
 * @param text in the human's own words; for a prediction the command, what was expected and what
 *     came out
 */
public record Insight(Kind kind, String text) {
  /** How deep it goes, the deepest last. */
  public enum Kind {
    /** Let pass, and said so. */
    WAIVED,
    /** Read. */
    REVIEWED,
    /** Said in own words what it does. */
    EXPLAINED,
    /** Foretold what it does, and was right. */
    PREDICTED;

    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }
}

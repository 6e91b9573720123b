package dev.longe.core;

/**
 * What a human did to understand a change.
 *
 * @param text in the human's own words; for a prediction the command, what was expected and what
 *     came out
 */
public record Insight(Kind kind, String text) {
  /** The depth of understanding, the deepest last. */
  public enum Kind {
    /** The human accepted the change without a review, and said so. */
    WAIVED,
    /** The human read the change. */
    REVIEWED,
    /** The human explained in own words what the change does. */
    EXPLAINED,
    /** The human predicted correctly what the change does. */
    PREDICTED;

    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }
}

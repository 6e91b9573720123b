package dev.longe.core;

/** One step of the ladder of moves: what to try, and how often without progress. */
public record Rung(Kind kind, int times) {
  /** What a rung tries. */
  public enum Kind {
    CONTINUE,
    FRESH,
    HAND_OFF,
    ASK
  }

  public Rung {
    Require.positive(times, "the count of a move");
  }
}

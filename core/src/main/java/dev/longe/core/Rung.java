package dev.longe.core;

/** One step of a loop's moves: what to try, and how many times without progress. */
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

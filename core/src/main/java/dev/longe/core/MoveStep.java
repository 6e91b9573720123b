package dev.longe.core;

/** One step of a loop's moves: what to try, and how many times without progress. */
public record MoveStep(Kind kind, int times) {
  /** What a step tries. */
  public enum Kind {
    CONTINUE,
    FRESH,
    HAND_OFF,
    ASK
  }

  public MoveStep {
    Require.positive(times, "the count of a move");
  }
}

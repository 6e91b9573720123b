package dev.longe.core;

/** Tokens and what they cost. */
public record Usage(Tokens tokens, Cost cost) {
  /** No use, with a known cost of zero. */
  public static final Usage NONE = new Usage(Tokens.ZERO, new Cost.Reported(Money.ZERO));

  /** Unknown use: the agent reported nothing. */
  public static final Usage UNKNOWN = new Usage(Tokens.ZERO, new Cost.Unknown(Money.ZERO));

  public Usage plus(Usage other) {
    return new Usage(tokens.plus(other.tokens), cost.plus(other.cost));
  }
}

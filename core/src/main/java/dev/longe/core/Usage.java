package dev.longe.core;

/** Tokens and what they cost. */
public record Usage(Tokens tokens, Cost cost) {
  /** Nothing was used: the cost is known, and it is nothing. */
  public static final Usage NONE = new Usage(Tokens.ZERO, new Cost.Reported(Money.ZERO));

  /** The agent said nothing about its use. */
  public static final Usage UNKNOWN = new Usage(Tokens.ZERO, new Cost.Unknown(Money.ZERO));

  public Usage plus(Usage other) {
    return new Usage(tokens.plus(other.tokens), cost.plus(other.cost));
  }
}

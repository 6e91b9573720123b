package dev.longe.core;

/**
 * What some work cost, and the source of that figure. An unknown cost is never recorded as zero.
 */
public sealed interface Cost {
  /** A cost that the agent reported. */
  record Reported(Money money) implements Cost {}

  /** A cost computed from a dated price table. */
  record Computed(Money money, String prices) implements Cost {
    public Computed {
      Require.text(prices, "prices");
    }
  }

  /** An unknown cost; {@code atLeast} is the part that is known. */
  record Unknown(Money atLeast) implements Cost {}

  /** The known part of the cost. */
  default Money known() {
    return switch (this) {
      case Reported r -> r.money();
      case Computed c -> c.money();
      case Unknown u -> u.atLeast();
    };
  }

  /** The sum; unknown as soon as one part is unknown, computed as soon as one part is computed. */
  default Cost plus(Cost other) {
    Money sum = known().plus(other.known());
    return switch (this) {
      case Unknown _ -> new Unknown(sum);
      case Computed c ->
          other instanceof Unknown ? new Unknown(sum) : new Computed(sum, c.prices());
      case Reported _ ->
          switch (other) {
            case Unknown _ -> new Unknown(sum);
            case Computed c -> new Computed(sum, c.prices());
            case Reported _ -> new Reported(sum);
          };
    };
  }
}

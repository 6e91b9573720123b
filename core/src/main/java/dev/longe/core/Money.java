package dev.longe.core;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** An amount of US dollars, held in millionths; never negative. */
public record Money(long micros) implements Comparable<Money> {
  /** No money at all. */
  public static final Money ZERO = new Money(0);

  private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

  public Money {
    Require.notNegative(micros, "money");
  }

  /** The amount in dollars, rounded up to a millionth so that a price is never under-counted. */
  public static Money ofDollars(BigDecimal dollars) {
    return new Money(dollars.multiply(MILLION).setScale(0, RoundingMode.CEILING).longValueExact());
  }

  public Money plus(Money other) {
    return new Money(Math.addExact(micros, other.micros));
  }

  /** This amount less {@code spent}; zero if more was spent. */
  public Money left(Money spent) {
    return new Money(Math.max(0, micros - spent.micros));
  }

  public Money min(Money other) {
    return micros <= other.micros ? this : other;
  }

  public BigDecimal dollars() {
    return BigDecimal.valueOf(micros, 6);
  }

  @Override
  public int compareTo(Money other) {
    return Long.compare(micros, other.micros);
  }

  /** Dollars with two decimal places; four for amounts below one dollar. */
  @Override
  public String toString() {
    int digits = micros > 0 && micros < 1_000_000 ? 4 : 2;
    BigDecimal shown = dollars().setScale(digits, RoundingMode.HALF_UP);
    return "$" + (digits == 4 ? trim(shown) : shown.toPlainString());
  }

  private static String trim(BigDecimal four) {
    BigDecimal stripped = four.stripTrailingZeros();
    return (stripped.scale() < 2 ? stripped.setScale(2) : stripped).toPlainString();
  }
}

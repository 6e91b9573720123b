package dev.longe.cost;

import dev.longe.core.Money;
import dev.longe.core.Tokens;
import java.math.BigDecimal;

/** A model's prices in US dollars per million tokens of each kind. */
public record Price(
    BigDecimal input, BigDecimal output, BigDecimal cacheRead, BigDecimal cacheWrite) {
  private static final int MILLION_DIGITS = 6;

  /** The cost of {@code tokens}, rounded up to a millionth of a dollar. */
  Money of(Tokens tokens) {
    BigDecimal millionths =
        input
            .multiply(BigDecimal.valueOf(tokens.input()))
            .add(output.multiply(BigDecimal.valueOf(tokens.output())))
            .add(cacheRead.multiply(BigDecimal.valueOf(tokens.cacheRead())))
            .add(cacheWrite.multiply(BigDecimal.valueOf(tokens.cacheWrite())));
    return Money.ofDollars(millionths.movePointLeft(MILLION_DIGITS));
  }
}

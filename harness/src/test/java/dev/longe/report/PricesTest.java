package dev.longe.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.core.Cost;
import dev.longe.core.Money;
import dev.longe.core.Tokens;
import dev.longe.core.Usage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("I7")
final class PricesTest {
  private static final Money HALF = new Money(500_000);

  @Test
  void whoSaysIt_isPartOfThePrice() {
    assertThat(Prices.cost(new Cost.Reported(HALF))).isEqualTo("$0.50 (reported)");
    assertThat(Prices.cost(new Cost.Computed(HALF, "2026-11-01")))
        .isEqualTo("$0.50 (computed, prices of 2026-11-01)");
  }

  @Test
  void unknown_isNeverShownAsAPrice() {
    assertThat(Prices.cost(new Cost.Unknown(Money.ZERO))).isEqualTo("cost unknown");
    assertThat(Prices.cost(new Cost.Unknown(HALF))).isEqualTo("at least $0.50, the rest unknown");
    Usage sum = new Usage(new Tokens(1_000, 0, 0, 0), new Cost.Reported(HALF)).plus(Usage.UNKNOWN);
    assertThat(Prices.shown(sum)).isEqualTo("at least $0.50, the rest unknown, 1,000 tokens");
  }
}

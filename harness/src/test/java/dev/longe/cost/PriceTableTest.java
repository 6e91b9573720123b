package dev.longe.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longe.core.Cost;
import dev.longe.core.Money;
import dev.longe.core.Tokens;
import dev.longe.core.Usage;
import dev.longe.intake.InvalidInput;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class PriceTableTest {
  private static final Usage USED =
      new Usage(new Tokens(1200, 42, 3000, 700), new Cost.Unknown(Money.ZERO));

  @Test
  @Tag("I7")
  void knownModel_isPriced_cacheApart() {
    PriceTable table = PriceTable.shipped();
    Usage priced = table.price(USED, Optional.of("claude-opus-4-5"));
    // 1200 at $5, 42 at $25, 3000 at $0.50, 700 at $6.25 a million
    assertThat(priced.cost()).isEqualTo(new Cost.Computed(new Money(12_925), table.dated()));
    assertThat(table.price(USED, Optional.of("anthropic/claude-opus-4-5-20251101")).cost())
        .isEqualTo(priced.cost());
  }

  @Test
  @Tag("I7")
  void unknownModel_staysUnknown() {
    PriceTable table = PriceTable.shipped();
    assertThat(table.price(USED, Optional.of("mystery-1"))).isEqualTo(USED);
    assertThat(table.price(USED, Optional.empty())).isEqualTo(USED);
  }

  @Test
  @Tag("I7")
  void nothingTold_isNotPricedAsNothing() {
    assertThat(PriceTable.shipped().price(Usage.UNKNOWN, Optional.of("gpt-5")))
        .isEqualTo(Usage.UNKNOWN);
  }

  @Test
  void whatTheAgentReported_isNotComputed() {
    Usage told = new Usage(USED.tokens(), new Cost.Reported(new Money(5)));
    assertThat(PriceTable.shipped().price(told, Optional.of("gpt-5"))).isEqualTo(told);
  }

  @Test
  void usersOwn_goOverTheShipped() {
    PriceTable own =
        PriceTable.parse(
            "prices.yaml",
            "dated: today\n"
                + "models:\n"
                + "  gpt-5: {input: 1, output: 1, cache-read: 1, cache-write: 1}\n");
    PriceTable both = PriceTable.shipped().under(own);
    assertThat(both.price(USED, Optional.of("gpt-5")).cost().known()).isEqualTo(new Money(4_942));
    assertThat(both.of("claude-opus-5")).isPresent();
    assertThat(both.dated()).contains("today");
  }

  @Test
  void everythingWrong_isToldAtOnce() {
    assertThatThrownBy(() ->
            PriceTable.parse(
                "prices.yaml", "models:\n  a: {input: x, output: -1}\n  b: 7\ncolour: red\n"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("dated")
        .hasMessageContaining("colour")
        .hasMessageContaining("must be US dollars")
        .hasMessageContaining("must not be negative")
        .hasMessageContaining("must be a map");
  }
}

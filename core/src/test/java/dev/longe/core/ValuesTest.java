package dev.longe.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class ValuesTest {
  private static final Cost ONE = new Cost.Reported(new Money(1_000_000));

  @Test
  @Tag("I7")
  void unknownCost_staysUnknown_inEverySum() {
    Cost unknown = new Cost.Unknown(Money.ZERO);
    assertThat(ONE.plus(unknown)).isEqualTo(new Cost.Unknown(new Money(1_000_000)));
    assertThat(unknown.plus(ONE)).isEqualTo(new Cost.Unknown(new Money(1_000_000)));
    assertThat(Usage.UNKNOWN.plus(Usage.NONE).cost()).isInstanceOf(Cost.Unknown.class);
  }

  @Test
  void money_isShownInDollars_roundedUpWhenRead() {
    assertThat(new Money(5_000_000)).hasToString("$5.00");
    assertThat(new Money(19_580)).hasToString("$0.0196");
    assertThat(Money.ofDollars(new BigDecimal("0.0000001")).micros()).isEqualTo(1);
    assertThatThrownBy(() -> new Money(-1)).hasMessageContaining("money");
  }

  @Test
  void tokens_countCacheReadsAtATenth() {
    assertThat(new Tokens(100, 10, 1_000, 5).counted()).isEqualTo(215);
  }

  @Test
  @Tag("I17")
  void limits_withoutAValue_can_notBeBuilt() {
    Limits.Raise none =
        new Limits.Raise(
            Optional.of(0), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    assertThatThrownBy(() -> Limits.DEFAULT.with(none)).hasMessageContaining("attempts");
  }

  @Test
  void spans_showTwoUnits() {
    assertThat(
            List.of(
                Spans.shown(Duration.ofMillis(850)),
                Spans.shown(Duration.ofMillis(12_340)),
                Spans.shown(Duration.ofSeconds(245)),
                Spans.shown(Duration.ofMinutes(130))))
        .containsExactly("850 ms", "12.3 s", "4 min 5 s", "2 h 10 min");
  }

  @Test
  void foreignOutput_hasNoEffectOnATerminal() {
    assertThat(Text.visible("a\tü\u001b[31mred\u001b[0m\u001b]0;title\u0007\r\u009b2J\u007f"))
        .isEqualTo("a\türed␛]0;title␇␍\ufffd2J␡");
  }
}

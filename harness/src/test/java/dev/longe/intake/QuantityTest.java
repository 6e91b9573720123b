package dev.longe.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longe.core.Money;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class QuantityTest {
  @Test
  void goodTexts_areRead() {
    assertThat(Quantity.duration("90s")).isEqualTo(Duration.ofSeconds(90));
    assertThat(Quantity.duration("15 min")).isEqualTo(Duration.ofMinutes(15));
    assertThat(Quantity.money("$0.50")).isEqualTo(new Money(500_000));
    assertThat(Quantity.count("4M")).isEqualTo(4_000_000);
    assertThat(Quantity.count("1.5k")).isEqualTo(1_500);
    assertThat(Quantity.bytes("64MB")).isEqualTo(64 << 20);
    assertThat(Quantity.lines("400 lines")).isEqualTo(400);
    assertThat(ShortForms.moves("continue 1, fresh 2, ask")).hasSize(3);
    assertThat(ShortForms.agent("command:./a.sh 'two words'", AgentsFile.NONE).arguments())
        .containsExactly("./a.sh", "two words");
  }

  @Test
  void badTexts_sayWhatIsAllowed() {
    List<Consumer<String>> all =
        List.of(
            Quantity::duration,
            Quantity::money,
            Quantity::count,
            Quantity::bytes,
            Quantity::lines,
            Quantity::goal,
            ShortForms::moves,
            t -> ShortForms.agent(t, AgentsFile.NONE));
    for (String bad : List.of("", "x", "-1", "$-1", "99999999999999999999s", "0.0.1", "''")) {
      for (Consumer<String> parse : all) {
        assertThatThrownBy(() -> parse.accept(bad)).isInstanceOf(IllegalArgumentException.class);
      }
    }
    assertThatThrownBy(() -> Quantity.money("$0")).hasMessageContaining("greater than 0");
    assertThatThrownBy(() -> Quantity.count("1.0001k")).hasMessageContaining("whole");
    assertThatThrownBy(() -> ShortForms.agent("command:'open", AgentsFile.NONE))
        .hasMessageContaining("quote");
  }
}

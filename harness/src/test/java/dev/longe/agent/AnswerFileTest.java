package dev.longe.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.core.Cost;
import dev.longe.core.Money;
import dev.longe.core.Stop;
import dev.longe.core.Tokens;
import dev.longe.core.Usage;
import dev.longe.testing.World;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AnswerFileTest {
  @TempDir Path directory;

  private AnswerFile read(String text) {
    return AnswerFile.read(World.write(directory.resolve("answer.json"), text));
  }

  @Test
  void cannotAndAskAndUsage_aloneOrTogether() {
    assertThat(read("{\"cannot\":\"no spec\"}").stop()).contains(new Stop.Cannot("no spec"));
    assertThat(read("{\"ask\":\"which?\"}").stop()).contains(new Stop.Asked("which?"));
    AnswerFile both =
        read(
            "{\"ask\":\"which?\",\"usage\":{\"input\":5,\"output\":2,\"cacheRead\":1,\"cacheWrite\":3,\"usd\":0.25}}");
    assertThat(both.stop()).contains(new Stop.Asked("which?"));
    assertThat(both.usage())
        .contains(new Usage(new Tokens(5, 2, 1, 3), new Cost.Reported(new Money(250_000))));
  }

  @Test
  @Tag("I7")
  void usageWithoutMoney_isUnknown_notZero() {
    assertThat(read("{\"usage\":{\"input\":5,\"usd\":null}}").usage().orElseThrow().cost())
        .isEqualTo(new Cost.Unknown(Money.ZERO));
  }

  @Test
  void noFile_isNoAnswer() {
    assertThat(AnswerFile.read(directory.resolve("none"))).isEqualTo(AnswerFile.NONE);
  }

  @ParameterizedTest
  @Tag("F2")
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{\"cannot\":1",
        "{\"passed\":true}",
        "{\"usage\":{\"input\":-5}}",
        "{\"usage\":{\"usd\":-1}}",
        "{\"usage\":7}",
        "{} {}",
        "\u0000"
      })
  void anythingElse_isAProblem_neverAnAnswer(String text) {
    AnswerFile answer = read(text);
    assertThat(answer.stop()).isEmpty();
    assertThat(answer.usage()).isEmpty();
    assertThat(answer.problem()).isNotEmpty();
  }
}

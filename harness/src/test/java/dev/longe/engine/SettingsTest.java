package dev.longe.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.longe.core.Money;
import dev.longe.cost.PriceTable;
import dev.longe.intake.AgentsFile;
import dev.longe.intake.InvalidInput;
import dev.longe.intake.Problem;
import dev.longe.journal.Slots;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SettingsTest {
  private static final AgentsFile AGENTS =
      AgentsFile.parse("agents.yaml", "mine: {driver: claude, slots: 2}\n");
  private static final Settings DEFAULTS =
      Settings.defaults("here", ZoneOffset.UTC, AGENTS, PriceTable.shipped());

  private static Settings parse(String text) {
    return Settings.parse("settings.yaml", text, DEFAULTS);
  }

  private static List<String> problems(String text) {
    InvalidInput e = catchThrowableOfType(InvalidInput.class, () -> parse(text));
    assertThat(e).isNotNull();
    return e.problems().stream().map(Problem::toString).toList();
  }

  @Test
  void emptyFile_changesNothing() {
    assertThat(parse("{}")).isEqualTo(DEFAULTS);
    assertThat(DEFAULTS.slots())
        .isEqualTo(new Slots(4, Map.of("claude", 2), Map.of("mine", "claude")));
    assertThat(DEFAULTS.day()).isEqualTo(new Money(50_000_000));
  }

  @Test
  void whatIsNamed_goesOverTheDefaults() {
    Settings s = parse("day: $12.50\nslots: {machine: 9, claude: 1}\nreview: {minutes: 60}\n");
    assertThat(s.day()).isEqualTo(new Money(12_500_000));
    assertThat(s.slots()).isEqualTo(new Slots(9, Map.of("claude", 1), Map.of("mine", "claude")));
    assertThat(s.review()).isEqualTo(new Settings.Reviewing(60, 300));
    assertThat(s.machine()).isEqualTo("here");
  }

  @Test
  void everythingWrong_isToldAtOnce_withItsLine() {
    assertThat(
            problems(
                """
                day: 5
                slots: {machine: none, nobody: 3}
                review: {minutes: -1, speed: 2}
                colour: red
                """))
        .hasSize(6)
        .anyMatch(p -> p.startsWith("settings.yaml:1: day: must be an amount"))
        .anyMatch(p -> p.startsWith("settings.yaml:2: slots.machine"))
        .anyMatch(p -> p.startsWith("settings.yaml:2: slots.nobody: is not known"))
        .anyMatch(p -> p.startsWith("settings.yaml:3: review.minutes"))
        .anyMatch(p -> p.startsWith("settings.yaml:3: review.speed: is not known"))
        .anyMatch(p -> p.startsWith("settings.yaml:4: colour: is not known"));
  }

  @Test
  void fileThatIsNoMap_isAProblem() {
    assertThat(problems("- a\n- b\n")).hasSize(1);
    assertThat(problems("day: [\n")).isNotEmpty();
    assertThat(problems("slots: many\n")).isNotEmpty();
  }
}

package dev.longe.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.longe.core.AgentSpec;
import dev.longe.core.CheckName;
import dev.longe.core.CheckSpec;
import dev.longe.core.Limits;
import dev.longe.core.Loop;
import dev.longe.core.Mode;
import dev.longe.core.Money;
import dev.longe.core.MoveStep;
import dev.longe.core.Sandboxing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class OverridesTest {
  private static final Optional<String> NO = Optional.empty();

  private static final Loop FIX =
      LoopFile.parse(
          "fix",
          "fix.md",
          """
          ---
          agent: codex
          checks: [make test]
          protect: ["spec/**"]
          limits: {attempts: 3, money: $2}
          sandbox: required
          ---
          {{task}}
          """,
          AgentsFile.NONE);

  private static Overrides of(Optional<String> agent, String... checks) {
    return new Overrides(
        NO, agent, List.of(checks), List.of(), false, List.of(), NO, NO, NO, NO, NO, NO);
  }

  private static List<String> problems(Overrides overrides, Optional<Loop> loop) {
    InvalidInput e =
        catchThrowableOfType(InvalidInput.class, () -> overrides.over(loop, AgentsFile.NONE));
    assertThat(e).isNotNull();
    return e.problems().stream().map(Problem::toString).toList();
  }

  @Test
  void optionsAlone_makeALoopForOneTask() {
    Loop loop = of(Optional.of("claude:opus"), "make test").over(Optional.empty(), AgentsFile.NONE);
    assertThat(loop.name()).isEqualTo("one-off");
    assertThat(loop.mode()).isEqualTo(Mode.EXECUTE);
    assertThat(loop.agents()).containsExactly(new AgentSpec("claude", List.of("opus")));
    assertThat(loop.checks()).extracting(c -> c.name().text()).containsExactly("make test");
    assertThat(loop.protect()).isEqualTo(LoopFile.DEFAULT_PROTECT);
    assertThat(loop.moves()).isEqualTo(Loop.DEFAULT_MOVES);
    assertThat(loop.limits()).isEqualTo(Limits.DEFAULT);
    assertThat(loop.sandbox()).isEqualTo(Sandboxing.DEFAULT);
  }

  @Test
  void optionsOverALoop_changeOnlyWhatTheyName() {
    Overrides overrides =
        new Overrides(
            NO,
            Optional.of("claude"),
            List.of("make lint"),
            List.of("make red"),
            true,
            List.of("docs/**"),
            Optional.of("fresh 2, ask"),
            NO,
            Optional.of("$9"),
            NO,
            Optional.of("30m"),
            NO);
    Loop loop = overrides.over(Optional.of(FIX), AgentsFile.NONE);
    assertThat(loop.name()).isEqualTo("fix");
    assertThat(loop.agents()).containsExactly(new AgentSpec("claude", List.of()));
    assertThat(loop.checks())
        .extracting(c -> c.name().text())
        .containsExactly("make test", "make lint", "make red", "slop");
    assertThat(loop.checks()).extracting(CheckSpec::red).containsExactly(false, false, true, false);
    assertThat(loop.protect()).startsWith("docs/**").contains("spec/**");
    assertThat(loop.moves())
        .containsExactly(new MoveStep(MoveStep.Kind.FRESH, 2), new MoveStep(MoveStep.Kind.ASK, 1));
    assertThat(loop.limits().attempts()).isEqualTo(3);
    assertThat(loop.limits().money()).isEqualTo(new Money(9_000_000));
    assertThat(loop.limits().time()).isEqualTo(Duration.ofMinutes(30));
    assertThat(loop.sandbox()).isEqualTo(Sandboxing.DEFAULT.with(Sandboxing.Level.REQUIRED));
  }

  @Test
  void protectAlone_replacesTheDefaults_butNotTheLoopFilesThemselves() {
    Overrides overrides =
        new Overrides(
            NO,
            Optional.of("claude"),
            List.of("make"),
            List.of(),
            false,
            List.of("spec/**"),
            NO,
            NO,
            NO,
            NO,
            NO,
            NO);
    assertThat(overrides.over(Optional.empty(), AgentsFile.NONE).protect())
        .containsExactly("spec/**", ".longe/**");
  }

  @Test
  void guardThatTheLoopHas_isNotAddedTwice() {
    Overrides slop =
        new Overrides(NO, NO, List.of(), List.of(), true, List.of(), NO, NO, NO, NO, NO, NO);
    Loop guarded = slop.over(Optional.of(FIX), AgentsFile.NONE);
    assertThat(slop.over(Optional.of(guarded), AgentsFile.NONE).checks())
        .filteredOn(c -> c.name().equals(new CheckName("slop")))
        .hasSize(1);
  }

  @Test
  void everythingWrong_isToldAtOnce() {
    Overrides overrides =
        new Overrides(
            Optional.of("fly"),
            Optional.of("nobody"),
            List.of("make", "make"),
            List.of(),
            false,
            List.of(),
            Optional.of("jump"),
            Optional.of("0"),
            Optional.of("5"),
            Optional.of("many"),
            Optional.of("soon"),
            Optional.of("box"));
    assertThat(problems(overrides, Optional.empty()))
        .hasSize(9)
        .allMatch(p -> p.startsWith("command line: --"))
        .anyMatch(p -> p.contains("--agent: there is no agent «nobody»"))
        .anyMatch(p -> p.contains("--check: «make» is given twice"));
  }

  @Test
  void withoutAgentOrCheck_itSaysWhatToName() {
    assertThat(problems(of(NO), Optional.empty()))
        .hasSize(2)
        .anyMatch(p -> p.contains("--agent: is missing"))
        .anyMatch(p -> p.contains("--check: is missing"));
    Overrides exploring =
        new Overrides(
            Optional.of("explore"),
            Optional.of("claude"),
            List.of(),
            List.of(),
            false,
            List.of(),
            NO,
            NO,
            NO,
            NO,
            NO,
            NO);
    assertThat(exploring.over(Optional.empty(), AgentsFile.NONE).mode()).isEqualTo(Mode.EXPLORE);
  }

  @Test
  void checkWithoutACommand_isAProblem_notAFault() {
    assertThat(problems(of(Optional.of("claude"), "  "), Optional.empty()))
        .containsExactly("command line: --check: needs a command");
  }

  @Test
  void checkThatIsCalledLikeAGuard_isAProblem_notAFault() {
    assertThat(problems(of(Optional.of("claude"), "diff-size"), Optional.empty()))
        .containsExactly("command line: --check: «diff-size» is given twice");
  }

  @Test
  void raise_holdsOnlyWhatIsGiven_orAllProblems() {
    Limits.Raise raise = Overrides.raise(Optional.of("12"), NO, Optional.of("2M"), NO);
    assertThat(raise.attempts()).contains(12);
    assertThat(raise.tokens()).contains(2_000_000L);
    assertThat(raise.money()).isEmpty();
    assertThat(raise.diffLines()).isEmpty();
    assertThatThrownBy(() -> Overrides.raise(Optional.of("x"), Optional.of("y"), NO, NO))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("--attempts")
        .hasMessageContaining("--money");
  }
}

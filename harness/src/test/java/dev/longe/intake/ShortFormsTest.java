package dev.longe.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longe.core.AgentSpec;
import dev.longe.core.Loop;
import dev.longe.core.MoveStep;
import dev.longe.core.Sandboxing;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ShortFormsTest {
  private static AgentSpec agent(String text) {
    return ShortForms.agent(text, AgentsFile.NONE);
  }

  @Test
  void agents_areADriverWithItsModelOrProgram() {
    assertThat(agent("claude")).isEqualTo(new AgentSpec("claude", List.of()));
    assertThat(agent(" codex : gpt-5 ")).isEqualTo(new AgentSpec("codex", List.of("gpt-5")));
    assertThat(agent("command:'./my agent.sh' --fast \"a b\""))
        .isEqualTo(new AgentSpec("command", List.of("./my agent.sh", "--fast", "a b")));
    assertThat(agent("model:anthropic/claude:1").arguments()).containsExactly("anthropic/claude:1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nobody|there is no agent «nobody»",
        "''|there is no agent «»",
        "claude:a b|takes at most one argument, a model",
        "command|needs a program",
        "acp:|needs a program",
        "script|needs one file",
        "script:a b|needs one file",
        "model|needs a model",
        "model:a b|takes one model",
        "command:'open|quote that is not closed"
      })
  void agentThatCannotBe_isRefused_withWhatIsMissing(String text, String why) {
    assertThatThrownBy(() -> agent(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  @Test
  void agentsOfTheUser_haveTheirProgramAndModel() {
    AgentsFile own =
        AgentsFile.parse(
            "agents.yaml",
            "mine: {driver: command, command: ./a.sh}\nbig: {driver: model, model: x/y}\n");
    assertThat(ShortForms.agent("mine", own)).isEqualTo(new AgentSpec("mine", List.of()));
    assertThat(ShortForms.agent("big", own)).isEqualTo(new AgentSpec("big", List.of()));
    assertThatThrownBy(() -> ShortForms.agent("other", own)).hasMessageContaining("mine");
  }

  @Test
  void split_keepsQuotedBlanksAndEmptyWords() {
    assertThat(ShortForms.split("a  'b c'\t\"d'e\" f\"g h\"i '' "))
        .containsExactly("a", "b c", "d'e", "fg hi", "");
    assertThat(ShortForms.split("  ")).isEmpty();
  }

  @Test
  void moves_areAWordAndANumber() {
    assertThat(ShortForms.moves("continue 2, fresh:3,hand-off , ask"))
        .containsExactly(
            new MoveStep(MoveStep.Kind.CONTINUE, 2),
            new MoveStep(MoveStep.Kind.FRESH, 3),
            new MoveStep(MoveStep.Kind.HAND_OFF, 1),
            new MoveStep(MoveStep.Kind.ASK, 1));
    assertThat(ShortForms.moves(ShortForms.shown(Loop.DEFAULT_MOVES)))
        .isEqualTo(Loop.DEFAULT_MOVES);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "jump", "fresh 2 3", "fresh x", "fresh 0", "fresh -1", "fresh,,ask", "FRESH"})
  void moveThatIsNone_isRefused(String text) {
    assertThatThrownBy(() -> ShortForms.moves(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void choices_nameWhatThereIs() {
    assertThatThrownBy(() -> ShortForms.mode("x")).hasMessageContaining("execute or explore");
    assertThatThrownBy(() -> ShortForms.review("x")).hasMessageContaining("always or risk");
    assertThatThrownBy(() -> ShortForms.sandboxing("x"))
        .hasMessageContaining("auto, required, none or container:IMAGE");
    assertThat(ShortForms.sandboxing("bubblewrap-offline").network().agent()).isFalse();
    assertThatThrownBy(() -> ShortForms.landing("x"))
        .hasMessageContaining("squash, rebase or merge");
    assertThatThrownBy(() -> ShortForms.readiness("x")).hasMessageContaining("warn or gate");
  }

  @Test
  @Tag("F6")
  void container_namesAnImage() {
    for (String name :
        List.of(
            "node",
            "node:24",
            "docker.io/library/node:24-slim",
            "localhost:5000/team/my_image.v2",
            "ghcr.io/a/b__c@sha256:" + "0af".repeat(21) + "1")) {
      Sandboxing sandbox = ShortForms.sandboxing("container:" + name);
      assertThat(sandbox.container()).contains(new Sandboxing.Image(name));
      assertThat(sandbox.level()).isEqualTo(Sandboxing.Level.REQUIRED);
      assertThat(sandbox.network()).isEqualTo(Sandboxing.Network.DEFAULT);
    }
    for (String name :
        List.of(
            "",
            "-v",
            "--privileged",
            "Node",
            "a b",
            "a:",
            "a:-x",
            "a//b",
            "/a",
            "a@sha256:1",
            "a\n",
            "a".repeat(300))) {
      assertThatThrownBy(() -> ShortForms.sandboxing("container:" + name))
          .as(name)
          .hasMessageContaining("must name an image");
    }
  }
}

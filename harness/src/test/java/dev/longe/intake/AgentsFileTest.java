package dev.longe.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AgentsFileTest {
  private static AgentsFile parse(String text) {
    return AgentsFile.parse("agents.yaml", text);
  }

  @Test
  void entries_nameAgentsOfADriver() {
    AgentsFile file =
        parse(
            """
            claude: {slots: 2, account: team, model: opus, env: [MY_PROXY]}
            local:
              driver: model
              api: openai
              endpoint: http://127.0.0.1:8080/v1/
              model: qwen3
              context: 32k
              turns: 50
            kimi: {driver: acp, command: kimi, arguments: [--acp], deny: [fetch, delete]}
            """);
    assertThat(file.names()).contains("local", "kimi", "claude", "codex");
    assertThat(file.entry("claude").quotaAccount()).isEqualTo("team");
    assertThat(file.entry("claude").slots()).contains(2);
    assertThat(file.entry("codex").quotaAccount()).isEqualTo("codex");
    assertThat(file.entry("local").endpoint())
        .isEqualTo(
            new AgentEntry.Endpoint(
                Optional.of(AgentEntry.Api.OPENAI),
                Optional.of("http://127.0.0.1:8080/v1"),
                Optional.empty(),
                32_000,
                50));
    assertThat(file.entry("kimi").deny()).containsExactlyInAnyOrder("fetch", "delete");
    assertThat(ShortForms.agent("local", file).driver()).isEqualTo("local");
    assertThat(file.model(ShortForms.agent("claude", file))).contains("opus");
    assertThat(file.model(ShortForms.agent("claude:haiku", file))).contains("haiku");
    assertThat(file.model(ShortForms.agent("kimi", file))).isEmpty();
  }

  @Test
  void everythingWrong_isToldAtOnce() {
    assertThatThrownBy(() ->
            parse(
                """
                Bad_Name: {driver: claude}
                mine: {command: x}
                claude: {deny: [fetch], slots: none, colour: red}
                m: {driver: model, endpoint: ftp://x, api: soap}
                a: {driver: acp, command: x, deny: [everything]}
                """))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("agents.yaml:1")
        .hasMessageContaining("small letters")
        .hasMessageContaining("needs driver: one of acp, claude, codex")
        .hasMessageContaining("is allowed only for the driver acp")
        .hasMessageContaining("colour")
        .hasMessageContaining("must begin with http")
        .hasMessageContaining("must be anthropic or openai")
        .hasMessageContaining("must be a kind of tool call");
  }

  @Test
  void unknownAgent_isToldWithAllThatAreKnown() {
    assertThatThrownBy(() -> ShortForms.agent("kimi", AgentsFile.NONE))
        .hasMessageContaining("there is no agent «kimi»")
        .hasMessageContaining("agents.yaml");
    assertThatThrownBy(() -> ShortForms.agent("acp", AgentsFile.NONE))
        .hasMessageContaining("needs a program");
    assertThatThrownBy(() -> ShortForms.agent("model", AgentsFile.NONE))
        .hasMessageContaining("needs a model");
  }
}

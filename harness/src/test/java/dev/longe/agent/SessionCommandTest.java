package dev.longe.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.agent.registry.Agents;
import dev.longe.intake.AgentsFile;
import dev.longe.testing.World;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a human opens an agent's session in the agent's own program. */
final class SessionCommandTest {
  @ParameterizedTest
  @CsvSource({
    "claude, claude --resume s-1",
    "gemini, gemini --resume s-1",
    "copilot, copilot --resume s-1",
    "codex, codex resume s-1",
    "pi, pi --session s-1",
    "opencode, env OPENCODE_DB=DATABASE opencode --session s-1",
    "command, ''",
    "model, ''",
    "acp, ''",
    "script, ''"
  })
  void driver_namesTheCommandOfItsAgent(String agent, String command) {
    Agents agents =
        new Agents(World.SANDBOX, World.ENVIRONMENT, InstantSource.system(), AgentsFile.NONE);
    String words = String.join(" ", agents.named(agent).sessionCommand("s-1", Path.of("/tree")));
    assertThat(words.replaceFirst("DB=/\\S+/opencode/longe-\\S+\\.db ", "DB=DATABASE "))
        .isEqualTo(command);
  }
}

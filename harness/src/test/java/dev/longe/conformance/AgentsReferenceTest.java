package dev.longe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.agent.Program;
import dev.longe.agent.registry.Agents;
import dev.longe.arch.Golden;
import dev.longe.conformance.Findings.Written;
import dev.longe.intake.AgentsFile;
import dev.longe.testing.World;
import java.io.IOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The table of agents is generated from the results of the suite, and has no empty cell. */
final class AgentsReferenceTest {
  private static final List<String> AGENTS =
      List.of(
          "claude",
          "codex",
          "pi",
          "opencode",
          "gemini",
          "copilot",
          "acp",
          "model-anthropic",
          "model-openai");

  @Test
  void table_isWhatTheSuiteFound() throws IOException {
    Map<String, Written> all = new LinkedHashMap<>();
    for (String agent : AGENTS) {
      all.put(agent, Findings.read(agent));
    }
    Golden.same("docs/reference/agents.md", page(all));
  }

  private static String page(Map<String, Written> all) {
    StringBuilder text = new StringBuilder();
    text.append("# What each agent does\n\n");
    text.append("Results of one test suite that drives each real agent program against a scripted");
    text.append(" model. The results are stored beside the tests.\n");
    text.append("A run of the suite with another result fails. `longe doctor`, `longe agents` and");
    text.append(" `README.md` say how to set up an agent.\n\n");
    row(text, "", all.keySet().stream().toList());
    row(text, "---", all.keySet().stream().map(_ -> "---").toList());
    row(text, "tested version", all.values().stream().map(Written::version).toList());
    for (Case c : Case.values()) {
      row(
          text,
          c.label(),
          all.values().stream().map(w -> brief(w.cells().getOrDefault(c, ""))).toList());
    }
    text.append("\nDetails:\n\n");
    all.forEach((agent, written) ->
        written
            .cells()
            .forEach((c, cell) -> {
              if (!cell.equals(brief(cell))) {
                text.append("- ").append(agent).append(", ").append(c.label()).append(": ");
                text.append(cell).append('\n');
              }
            }));
    return text.toString();
  }

  private static String brief(String cell) {
    int end = cell.indexOf(':');
    String head = end < 0 ? cell : cell.substring(0, end);
    int more = head.indexOf(',');
    int apart = head.indexOf(';');
    int cut = more < 0 ? apart : more;
    return cut < 0 ? head : head.substring(0, cut);
  }

  private static void row(StringBuilder text, String first, List<String> cells) {
    text.append("| ").append(first).append(" | ").append(String.join(" | ", cells));
    text.append(" |\n");
  }

  @Test
  void versions_areThoseThatTheDriversName() throws IOException {
    Agents agents =
        new Agents(World.SANDBOX, World.ENVIRONMENT, InstantSource.system(), AgentsFile.NONE);
    for (String agent : List.of("claude", "codex", "pi", "opencode", "gemini", "copilot")) {
      assertThat(agents.named(agent).program().map(Program::tested))
          .contains(Findings.read(agent).version());
    }
  }
}

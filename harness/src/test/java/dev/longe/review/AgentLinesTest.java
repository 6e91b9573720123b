package dev.longe.review;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What other tools write in notes; nothing says that they write it well. */
final class AgentLinesTest {
  private static final String GIT_AI =
      """
      src/a.py
        d9978a8723e02b52 1-3,7
        h_0123456789abcd 4-6
      "with space.py"
        d9978a8723e02b52 2
      ---
      {"schema_version": "authorship/3.0.0"}
      src/b.py
        d9978a8723e02b52 1-99
      """;

  @Test
  void gitAi_namesAgentsLines_humansAreNone() {
    AgentLines lines = AgentLines.ofGitAi(GIT_AI);
    assertThat(lines.wrote("src/a.py", 1)).isTrue();
    assertThat(lines.wrote("src/a.py", 3)).isTrue();
    assertThat(lines.wrote("src/a.py", 5)).isFalse();
    assertThat(lines.wrote("src/a.py", 7)).isTrue();
    assertThat(lines.wrote("src/a.py", 8)).isFalse();
    assertThat(lines.wrote("with space.py", 2)).isTrue();
    assertThat(lines.wrote("elsewhere.py", 1)).isFalse();
  }

  @Test
  void gitAi_endsAtItsRule() {
    assertThat(AgentLines.ofGitAi(GIT_AI).wrote("src/b.py", 1)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "---",
        "  d9978a 1-3",
        "a.py\n  d9978a",
        "a.py\n  d9978a one-two,-,3-,x",
        "a.py\n  d9978a 99999999999-99999999999999"
      })
  void gitAi_thatIsBroken_namesNoLine(String note) {
    assertThat(AgentLines.ofGitAi(note).wrote("a.py", 1)).isFalse();
  }

  @Test
  void trace_namesAgentsLines_humansAreNone() {
    String note =
        """
        {"version": "0.1", "files": [{"path": "a.py", "conversations": [
          {"contributor": {"type": "ai"}, "ranges": [{"start_line": 2, "end_line": 3}]},
          {"contributor": {"type": "human"}, "ranges": [{"start_line": 5, "end_line": 9}]},
          {"ranges": [{"start_line": 11, "end_line": 11}]}]}]}
        """;
    AgentLines lines = AgentLines.ofTrace(note).orElseThrow();
    assertThat(lines.wrote("a.py", 2)).isTrue();
    assertThat(lines.wrote("a.py", 5)).isFalse();
    assertThat(lines.wrote("a.py", 11)).isTrue();
    assertThat(lines.wrote("a.py", 1)).isFalse();
  }

  @Test
  void trace_thatIsNoJson_saysNothing() {
    assertThat(AgentLines.ofTrace("{not json")).isEmpty();
    assertThat(AgentLines.ofTrace("[1, 2]").orElseThrow().wrote("a.py", 1)).isFalse();
    assertThat(AgentLines.ofTrace("{\"files\": [{\"path\": {}, \"conversations\": 7}]}"))
        .hasValueSatisfying(l -> assertThat(l.wrote("a.py", 1)).isFalse());
  }

  @Test
  void trace_withARangeThatIsNoNumber_saysNothingOfThatRange() {
    String note =
        "{\"files\": [{\"path\": \"a.py\", \"conversations\": [{\"ranges\": [{\"start_line\":"
            + " \"x\", \"end_line\": {}}, {\"start_line\": 4, \"end_line\": 4}]}]}]}";
    AgentLines lines = AgentLines.ofTrace(note).orElseThrow();
    assertThat(lines.wrote("a.py", 4)).isTrue();
    assertThat(lines.wrote("a.py", 1)).isFalse();
  }
}

package dev.longe.conformance;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The protocol, with Claude's adapter behind it. */
final class AcpConformanceIT extends Conformance {
  @Override
  String agent() {
    return "acp";
  }

  @Override
  String program() {
    return "claude-agent-acp";
  }

  @Override
  Optional<String> command() {
    return super.command().or(() -> Optional.of(program()));
  }

  @Override
  void configure(Path itsHome, String url) {}

  @Override
  Map<String, String> variables(String url) {
    return Map.of(
        "ANTHROPIC_BASE_URL", url,
        "ANTHROPIC_API_KEY", "sk-ant-scripted-key",
        "ANTHROPIC_MODEL", "claude-opus-5-5",
        "CLAUDE_CODE_MAX_RETRIES", "2",
        "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1");
  }

  @Override
  List<String> env() {
    return List.copyOf(variables("").keySet());
  }

  @Test
  @Override
  void version() {
    Findings.of(agent()).version("1, with claude-agent-acp 0.100.0");
  }

  @Override
  Optional<String> lacks(Case tried) {
    return switch (tried) {
      case USAGE -> Optional.of("the agent does not report its own request for a title");
      case AT_ONCE -> Optional.of("one process needs 400 MB");
      case STEER -> Optional.of("the effect of a second message differs between agents");
      case TURN_LIMIT -> Optional.of("the protocol cannot set such a limit");
      case RATE_LIMITED -> Optional.of("the protocol does not report the reset time");
      case EXPORT -> Optional.of("the protocol does not say where sessions are stored");
      default -> Optional.empty();
    };
  }

  @Override
  int many() {
    return 8;
  }
}

package dev.longe.conformance;

import dev.longe.testing.World;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The protocol, with the Gemini CLI behind it. */
final class AcpConformanceIT extends Conformance {
  @Override
  String agent() {
    return "acp";
  }

  @Override
  String program() {
    return "gemini";
  }

  @Override
  Optional<String> command() {
    return super.command().or(() -> Optional.of("gemini"));
  }

  @Override
  List<String> arguments() {
    return List.of("--acp", "-m", "gemini-2.5-pro");
  }

  @Override
  void configure(Path itsHome, String url) {
    World.write(
        itsHome.resolve(".gemini/settings.json"),
        "{\"security\":{\"auth\":{\"selectedType\":\"gemini-api-key\"}}}");
  }

  @Override
  Map<String, String> variables(String url) {
    return Map.of(
        "GOOGLE_GEMINI_BASE_URL", url,
        "GEMINI_API_KEY", "scripted-key",
        "GEMINI_CLI_TRUST_WORKSPACE", "true",
        "GEMINI_CLI_NO_RELAUNCH", "true");
  }

  @Override
  List<String> env() {
    return List.copyOf(variables("").keySet());
  }

  @Test
  @Override
  void version() {
    Findings.of(agent()).version("1, with the Gemini CLI 0.61.0");
  }

  @Override
  Optional<String> lacks(Case tried) {
    return switch (tried) {
      case USAGE -> Optional.of("this agent does not tell it as the protocol says");
      case STEER -> Optional.of("agents differ in what a second message does");
      case TURN_LIMIT -> Optional.of("this agent has none here");
      case RATE_LIMITED -> Optional.of("the protocol does not tell the reset");
      case EXPORT -> Optional.of("the protocol does not say where sessions are");
      default -> Optional.empty();
    };
  }
}

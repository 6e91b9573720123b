package dev.longe.conformance;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

final class CopilotConformanceIT extends Conformance {
  @Override
  String agent() {
    return "copilot";
  }

  @Override
  void configure(Path itsHome, String url) {}

  @Override
  Map<String, String> variables(String url) {
    return Map.of(
        "COPILOT_OFFLINE", "true",
        "COPILOT_PROVIDER_BASE_URL", url + "/v1",
        "COPILOT_PROVIDER_API_KEY", "scripted-key",
        "COPILOT_MODEL", "scripted-model");
  }

  @Override
  Optional<String> lacks(Case tried) {
    return switch (tried) {
      case STEER -> Optional.of("it reads its input only at the start");
      case TURN_LIMIT -> Optional.of("it has no such limit");
      case RATE_LIMITED -> Optional.of("it does not report the reset time");
      default -> Optional.empty();
    };
  }
}

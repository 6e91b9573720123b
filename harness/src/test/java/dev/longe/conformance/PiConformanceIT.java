package dev.longe.conformance;

import dev.longe.testing.World;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

final class PiConformanceIT extends Conformance {
  @Override
  String agent() {
    return "pi";
  }

  @Override
  void configure(Path itsHome, String url) {
    World.write(
        itsHome.resolve(".pi/agent/models.json"),
        """
        {"providers":{"scripted":{"baseUrl":"%s","api":"anthropic-messages","apiKey":"scripted-key",
          "models":[{"id":"scripted-model","contextWindow":200000,"maxTokens":8192,
            "cost":{"input":3,"output":15,"cacheRead":0.3,"cacheWrite":3.75}}]}}}
        """
            .formatted(url));
  }

  @Override
  Map<String, String> variables(String url) {
    return Map.of();
  }

  @Override
  Optional<String> modelName() {
    return Optional.of("scripted/scripted-model");
  }

  @Override
  Optional<String> lacks(Case tried) {
    return switch (tried) {
      case TURN_LIMIT -> Optional.of("it has no such limit");
      case RATE_LIMITED -> Optional.of("it does not report the reset time");
      default -> Optional.empty();
    };
  }
}

package dev.longe.conformance;

import dev.longe.testing.World;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

final class GeminiConformanceIT extends Conformance {

  @Override
  String agent() {
    return "gemini";
  }

  @Override
  void configure(Path itsHome, String url) {
    settings(itsHome, "");
  }

  private static void settings(Path itsHome, String more) {
    World.write(
        itsHome.resolve(".gemini/settings.json"),
        "{\"security\":{\"auth\":{\"selectedType\":\"gemini-api-key\"}}" + more + "}");
  }

  @Override
  void limitTurns() {
    settings(home, ",\"model\":{\"maxSessionTurns\":1}");
  }

  @Override
  Map<String, String> variables(String url) {
    return Map.of("GOOGLE_GEMINI_BASE_URL", url, "GEMINI_API_KEY", "scripted-key");
  }

  @Override
  Optional<String> modelName() {
    return Optional.of("gemini-2.5-pro");
  }

  @Override
  Optional<String> lacks(Case tried) {
    return switch (tried) {
      case STEER -> Optional.of("it reads its input only at the start");
      case RATE_LIMITED -> Optional.of("it does not report the reset time");
      default -> Optional.empty();
    };
  }
}

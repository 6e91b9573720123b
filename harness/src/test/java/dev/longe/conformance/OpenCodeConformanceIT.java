package dev.longe.conformance;

import dev.longe.testing.World;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

final class OpenCodeConformanceIT extends Conformance {
  @Override
  String agent() {
    return "opencode";
  }

  /** A provider that answers as Anthropic does, with a price. */
  static void configureAt(Path itsHome, String url) {
    World.write(
        itsHome.resolve(".config/opencode/opencode.json"),
        """
        {"autoupdate":false,"share":"disabled","model":"scripted/scripted-model","small_model":"scripted/scripted-model",
         "provider":{"scripted":{"npm":"@ai-sdk/anthropic","options":{"baseURL":"%s/v1","apiKey":"scripted-key"},
          "models":{"scripted-model":{"limit":{"context":200000,"output":8192},
           "cost":{"input":3,"output":15,"cache_read":0.3,"cache_write":3.75}}}}}}
        """
            .formatted(url));
  }

  @Override
  void configure(Path itsHome, String url) {
    configureAt(itsHome, url);
  }

  @Override
  Map<String, String> variables(String url) {
    return Map.of();
  }

  @Override
  Optional<String> lacks(Case tried) {
    return switch (tried) {
      case TURN_LIMIT ->
          Optional.of(
              "at its limit of steps it asks the model for a summary and ends without an error");
      case CUT_LINE -> Optional.of("its events come over HTTP; being killed covers this case");
      case AT_ONCE -> Optional.of("one process needs 0.5 GB and 4 s of processor time");
      default -> Optional.empty();
    };
  }

  @Override
  int many() {
    return 6;
  }
}

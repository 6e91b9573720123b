package dev.longe.conformance;

import dev.longe.testing.World;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

final class CodexConformanceIT extends Conformance {
  @Override
  String agent() {
    return "codex";
  }

  @Override
  void configure(Path itsHome, String url) {
    World.write(
        itsHome.resolve(".codex/config.toml"),
        """
        model = "gpt-5.5"
        model_provider = "scripted"
        check_for_update_on_startup = false
        [analytics]
        enabled = false
        [model_providers.scripted]
        name = "scripted"
        base_url = "%s/v1"
        env_key = "OPENAI_API_KEY"
        wire_api = "responses"
        request_max_retries = 1
        stream_max_retries = 1
        """
            .formatted(url));
  }

  @Override
  Map<String, String> variables(String url) {
    return Map.of("OPENAI_API_KEY", "scripted-key");
  }

  @Override
  Map<String, String> rateLimitHeaders(Instant reset) {
    return Map.of(
        "x-codex-primary-used-percent", "100",
        "x-codex-primary-window-minutes", "300",
        "x-codex-primary-reset-at", Long.toString(reset.getEpochSecond()));
  }

  @Override
  Optional<String> lacks(Case tried) {
    return tried == Case.TURN_LIMIT ? Optional.of("it has no such limit") : Optional.empty();
  }
}

package dev.longe.conformance;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

final class ClaudeConformanceIT extends Conformance {
  private boolean oneTurn;

  @Override
  String agent() {
    return "claude";
  }

  @Override
  void configure(Path itsHome, String url) {
    oneTurn = false;
  }

  @Override
  Map<String, String> variables(String url) {
    return Map.of(
        "ANTHROPIC_BASE_URL", url,
        "CLAUDE_CODE_OAUTH_TOKEN", "sk-ant-oat01-scripted-token",
        "ANTHROPIC_MODEL", "claude-opus-5-5");
  }

  @Override
  List<String> arguments() {
    return oneTurn ? List.of("--max-turns", "1") : List.of();
  }

  @Override
  void limitTurns() {
    oneTurn = true;
  }

  @Override
  Map<String, String> rateLimitHeaders(Instant reset) {
    String at = Long.toString(reset.getEpochSecond());
    return Map.of(
        "anthropic-ratelimit-unified-status", "rejected",
        "anthropic-ratelimit-unified-reset", at,
        "anthropic-ratelimit-unified-representative-claim", "five_hour",
        "anthropic-ratelimit-unified-5h-status", "rejected",
        "anthropic-ratelimit-unified-5h-reset", at,
        "retry-after", "3600");
  }

  @Override
  Optional<String> lacks(Case tried) {
    return Optional.empty();
  }
}

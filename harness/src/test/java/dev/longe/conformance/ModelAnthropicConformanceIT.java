package dev.longe.conformance;

import dev.longe.intake.AgentEntry;
import java.util.Optional;

final class ModelAnthropicConformanceIT extends ModelConformance {
  @Override
  String agent() {
    return "model-anthropic";
  }

  @Override
  String key() {
    return "ANTHROPIC_API_KEY";
  }

  @Override
  AgentEntry.Endpoint endpoint(String url, int most) {
    return new AgentEntry.Endpoint(
        Optional.of(AgentEntry.Api.ANTHROPIC), Optional.of(url), Optional.of(key()), 200_000, most);
  }
}

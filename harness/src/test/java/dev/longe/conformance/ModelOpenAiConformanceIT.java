package dev.longe.conformance;

import dev.longe.intake.AgentEntry;
import java.util.Optional;

final class ModelOpenAiConformanceIT extends ModelConformance {
  @Override
  String agent() {
    return "model-openai";
  }

  @Override
  String key() {
    return "OPENAI_API_KEY";
  }

  @Override
  AgentEntry.Endpoint endpoint(String url, int most) {
    return new AgentEntry.Endpoint(
        Optional.of(AgentEntry.Api.OPENAI),
        Optional.of(url + "/v1"),
        Optional.of(key()),
        200_000,
        most);
  }
}

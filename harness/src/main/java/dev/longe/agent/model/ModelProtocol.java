package dev.longe.agent.model;

import dev.longe.agent.AgentEvent;
import dev.longe.agent.Json;
import dev.longe.agent.Protocol;
import dev.longe.agent.ProviderError;
import dev.longe.core.Cost;
import dev.longe.core.Money;
import dev.longe.core.Stop;
import dev.longe.core.Tokens;
import dev.longe.core.Usage;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** What Longe's own program for models prints. */
public final class ModelProtocol extends Protocol {
  private final InstantSource clock;
  private Optional<JsonNode> end = Optional.empty();
  private Optional<String> model = Optional.empty();
  private Tokens used = Tokens.ZERO;

  public ModelProtocol(Consumer<AgentEvent> events, InstantSource clock) {
    super(events);
    this.clock = clock;
  }

  @Override
  protected void take(JsonNode node) {
    switch (Json.text(node, "type")) {
      case "started" -> {
        model = Optional.of(Json.text(node, "model"));
        started(Json.text(node, "session"), model.get());
      }
      case "said" -> emit(new AgentEvent.Said(Json.text(node, "text")));
      case "tool" ->
          emit(
              new AgentEvent.ToolCalled(Json.text(node, "tool"), Json.detail(node.path("detail"))));
      case "returned" ->
          emit(
              new AgentEvent.ToolReturned(
                  Json.text(node, "tool"), node.path("failed").asBoolean(false)));
      case "usage" -> {
        used =
            new Tokens(
                Json.count(node, "input"),
                Json.count(node, "output"),
                Json.count(node, "cacheRead"),
                Json.count(node, "cacheWrite"));
        emit(new AgentEvent.Used(usage()));
      }
      case "ended", "failed", "opinions" -> {
        end = Optional.of(node);
        finish();
      }
      default -> {}
    }
  }

  @Override
  protected boolean steer(String message) {
    return wire().send(Map.of("steer", message));
  }

  /** The last thing that it told; empty where it told no end. */
  public Optional<JsonNode> end() {
    return end;
  }

  public Optional<String> model() {
    return model;
  }

  @Override
  protected Stop verdict(boolean well, int status) {
    if (end.isEmpty()) {
      return new Stop.Crashed(status, lastError());
    }
    JsonNode e = end.get();
    if (Json.text(e, "type").equals("failed")) {
      long reset = Json.count(e, "reset");
      return ProviderError.stop(
          e.path("status").asInt(0),
          Json.detail(e.path("message")),
          reset > 0 ? Optional.of(Instant.ofEpochSecond(reset)) : Optional.empty(),
          clock.instant());
    }
    String detail = Json.text(e, "detail");
    return switch (Json.text(e, "reason")) {
      case "done" -> well ? new Stop.Ended() : new Stop.Crashed(status, lastError());
      case "cannot" -> new Stop.Cannot(detail.isBlank() ? "the agent gives no reason" : detail);
      case "ask" -> new Stop.Asked(detail.isBlank() ? "the agent gives no question" : detail);
      case "turn-limit" -> new Stop.TurnLimit();
      case "context-full" -> new Stop.ContextFull();
      default -> new Stop.Crashed(status, "the model refused to answer: " + Json.detail(detail));
    };
  }

  @Override
  protected Usage usage() {
    return new Usage(used, new Cost.Unknown(Money.ZERO));
  }
}

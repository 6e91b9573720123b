package dev.longe.agent.pi;

import dev.longe.agent.AgentEvent;
import dev.longe.agent.Json;
import dev.longe.agent.Protocol;
import dev.longe.agent.ProviderError;
import dev.longe.core.Cost;
import dev.longe.core.Money;
import dev.longe.core.Stop;
import dev.longe.core.Tokens;
import dev.longe.core.Usage;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** Pi's RPC mode. Its exit status says nothing: every failure of a model ends with 0. */
public final class PiProtocol extends Protocol {
  private final InstantSource clock;
  private final String prompt;
  private String session = "";
  private String model = "";
  private boolean named;
  private Optional<JsonNode> last = Optional.empty();
  private String refusal = "";
  private boolean settled;
  private Usage used = Usage.NONE;

  public PiProtocol(Consumer<AgentEvent> events, InstantSource clock, String prompt) {
    super(events);
    this.clock = clock;
    this.prompt = prompt;
  }

  @Override
  protected String opening() {
    return Json.line(Map.of("id", "state", "type", "get_state"))
        + Json.line(Map.of("id", "prompt", "type", "prompt", "message", prompt));
  }

  @Override
  protected void take(JsonNode node) {
    switch (Json.text(node, "type")) {
      case "response" -> answered(node);
      case "message_end" -> said(node.path("message"));
      case "tool_execution_start" ->
          emit(
              new AgentEvent.ToolCalled(
                  Json.text(node, "toolName"), Json.detail(node.path("args"))));
      case "tool_execution_end" ->
          emit(
              new AgentEvent.ToolReturned(
                  Json.text(node, "toolCallId"), node.path("isError").asBoolean(false)));
      case "agent_settled" -> {
        settled = true;
        finish();
      }
      default -> {}
    }
  }

  private void answered(JsonNode node) {
    if (!node.path("success").asBoolean(false)) {
      if (Json.text(node, "id").equals("prompt")) {
        refusal = Json.detail(node.path("error"));
        finish();
      }
    } else if (Json.text(node, "command").equals("get_state")) {
      session = Json.text(node.path("data"), "sessionId");
      model = Json.text(node.path("data").path("model"), "id");
    }
  }

  /** Only from its first whole answer on is there a file by which the session goes on. */
  private void said(JsonNode message) {
    if (!Json.text(message, "role").equals("assistant")) {
      return;
    }
    last = Optional.of(message);
    boolean failed = Json.text(message, "stopReason").equals("error");
    if (!named && !failed) {
      named = true;
      started(session, model);
    }
    for (JsonNode part : message.path("content")) {
      if (Json.text(part, "type").equals("text")) {
        emit(new AgentEvent.Said(Json.text(part, "text")));
      }
    }
    used = used.plus(usage(message.path("usage")));
    emit(new AgentEvent.Used(used));
  }

  /** Pi prices by its own table of models; a price of nothing is one that it doesn't know. */
  private static Usage usage(JsonNode usage) {
    Tokens tokens =
        new Tokens(
            Json.count(usage, "input"),
            Json.count(usage, "output"),
            Json.count(usage, "cacheRead"),
            Json.count(usage, "cacheWrite"));
    BigDecimal dollars =
        usage.path("cost").path("total").asDecimal(BigDecimal.ZERO).max(BigDecimal.ZERO);
    boolean known = dollars.signum() > 0 || tokens.equals(Tokens.ZERO);
    return new Usage(
        tokens, known ? new Cost.Reported(Money.ofDollars(dollars)) : new Cost.Unknown(Money.ZERO));
  }

  @Override
  protected boolean noise(JsonNode node) {
    return Json.text(node, "type").endsWith("_update");
  }

  @Override
  protected boolean steer(String message) {
    return wire().send(Map.of("type", "steer", "message", message));
  }

  @Override
  protected void interrupt() {
    boolean _ = wire().send(Map.of("type", "abort"));
    wire().close();
  }

  @Override
  protected Stop verdict(boolean well, int status) {
    if (!refusal.isEmpty()) {
      return ProviderError.statusIn(refusal) == 0 && refusal.contains("API key")
          ? new Stop.Refused(refusal)
          : new Stop.Crashed(status, refusal);
    }
    if (!settled || !well || last.isEmpty()) {
      return new Stop.Crashed(status, lastError());
    }
    String text = Json.detail(last.get().path("errorMessage"));
    return switch (Json.text(last.get(), "stopReason")) {
      case "stop" -> new Stop.Ended();
      case "error" -> ProviderError.stop(0, text, Optional.empty(), clock.instant());
      case "length" -> new Stop.Crashed(status, "its answer was cut off at the length limit");
      default ->
          new Stop.Crashed(
              status, text.isEmpty() ? "it stopped before its answer was complete" : text);
    };
  }

  @Override
  protected Usage usage() {
    return used;
  }
}

package dev.longe.agent.gemini;

import dev.longe.agent.AgentEvent;
import dev.longe.agent.Json;
import dev.longe.agent.Protocol;
import dev.longe.agent.ProviderError;
import dev.longe.core.Cost;
import dev.longe.core.Money;
import dev.longe.core.Stop;
import dev.longe.core.Tokens;
import dev.longe.core.Usage;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * The Gemini CLI's stream-json. Its exit status is an HTTP status modulo 256, or one of its own.
 */
public final class GeminiProtocol extends Protocol {
  private static final int NO_LOGIN = 41;
  private static final int TURNS = 53;
  private static final int BYTE = 256;
  private static final List<Integer> STATUSES =
      List.of(400, 401, 403, 404, 408, 413, 429, 500, 502, 503, 504, 529);

  private final InstantSource clock;
  private final StringBuilder saying = new StringBuilder();
  private Optional<JsonNode> init = Optional.empty();
  private Optional<JsonNode> result = Optional.empty();

  public GeminiProtocol(Consumer<AgentEvent> events, InstantSource clock) {
    super(events);
    this.clock = clock;
  }

  @Override
  protected void take(JsonNode node) {
    String type = Json.text(node, "type");
    if (!type.equals("message")) {
      saySo();
    }
    switch (type) {
      case "init" -> init = Optional.of(node);
      case "message" -> {
        if (Json.text(node, "role").equals("assistant")) {
          name();
          saying.append(Json.text(node, "content"));
        }
      }
      case "tool_use" -> {
        name();
        emit(
            new AgentEvent.ToolCalled(
                Json.text(node, "tool_name"), Json.detail(node.path("parameters"))));
      }
      case "tool_result" ->
          emit(
              new AgentEvent.ToolReturned(
                  Json.text(node, "tool_id"), !Json.text(node, "status").equals("success")));
      case "result" -> {
        result = Optional.of(node);
        emit(new AgentEvent.Used(usage()));
        finish();
      }
      default -> {}
    }
  }

  /** Before its first answer it keeps no file by which the session goes on. */
  private void name() {
    init.ifPresent(i -> started(Json.text(i, "session_id"), Json.text(i, "model")));
    init = Optional.empty();
  }

  /** Its answers come in pieces. */
  private void saySo() {
    if (!saying.isEmpty()) {
      emit(new AgentEvent.Said(saying.toString()));
      saying.setLength(0);
    }
  }

  @Override
  protected Stop verdict(boolean well, int status) {
    if (status == NO_LOGIN) {
      return new Stop.Refused(lastError());
    }
    if (status == TURNS) {
      return new Stop.TurnLimit();
    }
    if (result.isEmpty()) {
      return new Stop.Crashed(status, lastError());
    }
    if (Json.text(result.get(), "status").equals("success")) {
      return well ? new Stop.Ended() : new Stop.Crashed(status, lastError());
    }
    int http = STATUSES.stream().filter(s -> s % BYTE == status).findFirst().orElse(0);
    String text = Json.detail(result.get().path("error").path("message"));
    return ProviderError.stop(http, text, Optional.empty(), clock.instant());
  }

  @Override
  protected Usage usage() {
    JsonNode stats = result.map(r -> r.path("stats")).orElseGet(Json.MAPPER::createObjectNode);
    Tokens tokens =
        new Tokens(
            Json.count(stats, "input"),
            Math.max(
                Json.count(stats, "output_tokens"),
                Json.count(stats, "total_tokens") - Json.count(stats, "input_tokens")),
            Json.count(stats, "cached"),
            0);
    return new Usage(tokens, new Cost.Unknown(Money.ZERO));
  }
}

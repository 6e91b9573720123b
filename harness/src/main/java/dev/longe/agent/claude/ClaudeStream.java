package dev.longe.agent.claude;

import dev.longe.agent.AgentEvent;
import dev.longe.agent.Json;
import dev.longe.agent.Protocol;
import dev.longe.agent.ProviderError;
import dev.longe.core.Cost;
import dev.longe.core.LimitName;
import dev.longe.core.Money;
import dev.longe.core.Stop;
import dev.longe.core.Text;
import dev.longe.core.Tokens;
import dev.longe.core.Usage;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * What Claude Code prints, line by line. Whole JSON objects only; neither key order nor line
 * prefixes mean anything, and a line that is no object is for the transcript.
 */
final class ClaudeStream extends Protocol {
  private final InstantSource clock;
  private Optional<JsonNode> result = Optional.empty();
  private Optional<Instant> reset = Optional.empty();
  private Tokens finished = Tokens.ZERO;
  private Tokens current = Tokens.ZERO;

  ClaudeStream(Consumer<AgentEvent> events, InstantSource clock) {
    super(events);
    this.clock = clock;
  }

  /** A user's message as the CLI reads it. */
  static Map<String, Object> message(String text) {
    Map<String, Object> content = Map.of("type", "text", "text", text);
    return Map.of("type", "user", "message", Map.of("role", "user", "content", List.of(content)));
  }

  @Override
  protected boolean steer(String message) {
    return wire().send(message(message));
  }

  /** Ends the turn and its tools; the process then prints its result. */
  @Override
  protected void interrupt() {
    boolean _ =
        wire()
            .send(
                Map.of(
                    "type",
                    "control_request",
                    "request_id",
                    "longe-stop",
                    "request",
                    Map.of("subtype", "interrupt")));
  }

  @Override
  protected boolean noise(JsonNode node) {
    return Json.text(node, "type").equals("stream_event");
  }

  @Override
  protected void take(JsonNode node) {
    switch (Json.text(node, "type")) {
      case "stream_event" -> partial(node.path("event"));
      case "system" -> system(node);
      case "assistant" -> assistant(node.path("message"));
      case "user" -> returned(node.path("message"));
      case "rate_limit_event" -> rateLimit(node.path("rate_limit_info"));
      case "result" -> {
        result = Optional.of(node);
        finish();
      }
      default -> {}
    }
  }

  private void system(JsonNode node) {
    String session = Json.text(node, "session_id");
    if (Json.text(node, "subtype").equals("init") && !session.isBlank()) {
      started(session, Json.text(node, "model"));
    }
  }

  /** Partial messages carry the only usage that is exact while the agent works. */
  private void partial(JsonNode event) {
    switch (event.path("type").asString("")) {
      case "message_start" -> {
        finished = finished.plus(current);
        current = tokens(event.path("message").path("usage"));
      }
      case "message_delta" -> {
        long output = Json.count(event.path("usage"), "output_tokens");
        current = new Tokens(current.input(), output, current.cacheRead(), current.cacheWrite());
        emit(new AgentEvent.Used(new Usage(finished.plus(current), new Cost.Unknown(Money.ZERO))));
      }
      default -> {}
    }
  }

  private void assistant(JsonNode message) {
    for (JsonNode part : message.path("content")) {
      switch (part.path("type").asString("")) {
        case "text" -> emit(new AgentEvent.Said(part.path("text").asString("")));
        case "tool_use" ->
            emit(
                new AgentEvent.ToolCalled(
                    part.path("name").asString(""), Json.detail(part.path("input"))));
        default -> {}
      }
    }
  }

  private void returned(JsonNode message) {
    for (JsonNode part : message.path("content")) {
      if (part.path("type").asString("").equals("tool_result")) {
        emit(
            new AgentEvent.ToolReturned(
                part.path("tool_use_id").asString(""), part.path("is_error").asBoolean(false)));
      }
    }
  }

  private void rateLimit(JsonNode info) {
    long seconds = info.path("resetsAt").asLong(0);
    if (info.path("status").asString("").equals("rejected") && seconds > 0) {
      reset = Optional.of(Instant.ofEpochSecond(seconds));
    }
  }

  /** Only a result that says so, and a good end, are a good one. */
  @Override
  protected Stop verdict(boolean well, int status) {
    if (result.isEmpty()) {
      return new Stop.Crashed(status, lastError());
    }
    JsonNode r = result.get();
    String reason = Json.text(r, "terminal_reason");
    String text = Json.detail(Text.firstLine(r.path("result").asString(lastError())));
    if (!r.path("is_error").asBoolean(true) && reason.equals("completed") && well) {
      return new Stop.Ended();
    }
    if (text.startsWith("Not logged in")) {
      return new Stop.Refused(text);
    }
    return switch (reason) {
      case "prompt_too_long" -> new Stop.ContextFull();
      case "max_turns" -> new Stop.TurnLimit();
      case "budget_exhausted" -> new Stop.OverLimit(LimitName.MONEY);
      case "aborted_tools", "aborted_streaming" -> new Stop.Crashed(status, "interrupted");
      case "api_error" ->
          ProviderError.stop(r.path("api_error_status").asInt(0), text, reset, clock.instant());
      default -> new Stop.Crashed(status, text.isEmpty() ? reason : text);
    };
  }

  /**
   * The totals of the attempt: the result's own where it came, else what the partial messages told.
   */
  @Override
  protected synchronized Usage usage() {
    Tokens seen = finished.plus(current);
    return result
        .map(r -> reported(r.path("model_usage_since_last_result"), seen))
        .orElse(new Usage(seen, new Cost.Unknown(Money.ZERO)));
  }

  private static Usage reported(JsonNode models, Tokens seen) {
    Usage total = Usage.NONE;
    for (JsonNode m : models) {
      Tokens tokens =
          new Tokens(
              Json.count(m, "inputTokens"),
              Json.count(m, "outputTokens"),
              Json.count(m, "cacheReadInputTokens"),
              Json.count(m, "cacheCreationInputTokens"));
      BigDecimal usd = m.path("costUSD").asDecimal(BigDecimal.ZERO).max(BigDecimal.ZERO);
      boolean known = !m.path("costBasis").asString("list").equals("unknown");
      total =
          total.plus(
              new Usage(
                  tokens,
                  known ? new Cost.Reported(Money.ofDollars(usd)) : new Cost.Unknown(Money.ZERO)));
    }
    return models.isEmpty() && !seen.equals(Tokens.ZERO)
        ? new Usage(seen, new Cost.Unknown(Money.ZERO))
        : total;
  }

  private static Tokens tokens(JsonNode usage) {
    return new Tokens(
        Json.count(usage, "input_tokens"),
        Json.count(usage, "output_tokens"),
        Json.count(usage, "cache_read_input_tokens"),
        Json.count(usage, "cache_creation_input_tokens"));
  }
}

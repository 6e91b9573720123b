package dev.longe.agent;

import dev.longe.core.Cost;
import dev.longe.core.Money;
import dev.longe.core.Stop;
import dev.longe.core.Text;
import dev.longe.core.Tokens;
import dev.longe.core.Usage;
import dev.longe.sandbox.Exit;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What Claude Code prints, line by line. Whole JSON objects only; neither key order nor line
 * prefixes mean anything, and a line that is no object is for the transcript.
 */
final class ClaudeStream {
  /** Ends the turn and its tools; the process then prints its result. */
  static final String INTERRUPT =
      "{\"type\":\"control_request\",\"request_id\":\"longe-stop\",\"request\":{\"subtype\":\"interrupt\"}}\n";

  /**
   * When a rate limit comes without its reset time: own choice, the length of an ordinary minute
   * quota times five.
   */
  private static final Duration RESET_UNKNOWN = Duration.ofMinutes(5);

  private static final int DETAIL_CHARS = 300;
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private final Consumer<AgentEvent> events;
  private final InstantSource clock;
  private Runnable onResult = () -> {};
  private Optional<JsonNode> result = Optional.empty();
  private Optional<Instant> reset = Optional.empty();
  private Tokens finished = Tokens.ZERO;
  private Tokens current = Tokens.ZERO;
  private String lastError = "";

  ClaudeStream(Consumer<AgentEvent> events, InstantSource clock) {
    this.events = events;
    this.clock = clock;
  }

  /** A user's message as the CLI reads it. */
  static String message(String text) {
    Map<String, Object> content = Map.of("type", "text", "text", text);
    return JSON.writeValueAsString(
            Map.of(
                "type",
                "user",
                "message",
                Map.of("role", "user", "content", java.util.List.of(content))))
        + "\n";
  }

  /** What to do as soon as the result has come. */
  synchronized void onResult(Runnable action) {
    onResult = action;
    if (result.isPresent()) {
      action.run();
    }
  }

  synchronized boolean finished() {
    return result.isPresent();
  }

  synchronized void errorLine(String line) {
    events.accept(new AgentEvent.Raw(line));
    if (!line.isBlank()) {
      lastError = Text.clip(line.strip(), DETAIL_CHARS);
    }
  }

  synchronized void line(String line) {
    JsonNode node;
    try {
      node = JSON.readTree(line);
    } catch (JacksonException e) {
      errorLine(line);
      return;
    }
    switch (node.path("type").asString("")) {
      case "stream_event" -> partial(node.path("event"));
      case "system" -> system(node);
      case "assistant" -> assistant(node.path("message"));
      case "user" -> returned(node.path("message"));
      case "rate_limit_event" -> rateLimit(node.path("rate_limit_info"));
      case "result" -> {
        result = Optional.of(node);
        onResult.run();
      }
      default -> {}
    }
    if (!node.path("type").asString("").equals("stream_event")) {
      events.accept(new AgentEvent.Raw(line));
    }
  }

  private void system(JsonNode node) {
    String session = node.path("session_id").asString("");
    if (node.path("subtype").asString("").equals("init") && !session.isBlank()) {
      Optional<String> model =
          Optional.of(node.path("model").asString("")).filter(m -> !m.isBlank());
      events.accept(new AgentEvent.Started(session, model));
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
        long output = count(event.path("usage").path("output_tokens"));
        current = new Tokens(current.input(), output, current.cacheRead(), current.cacheWrite());
        events.accept(
            new AgentEvent.Used(new Usage(finished.plus(current), new Cost.Unknown(Money.ZERO))));
      }
      default -> {}
    }
  }

  private void assistant(JsonNode message) {
    for (JsonNode part : message.path("content")) {
      switch (part.path("type").asString("")) {
        case "text" -> events.accept(new AgentEvent.Said(part.path("text").asString("")));
        case "tool_use" ->
            events.accept(
                new AgentEvent.ToolCalled(
                    part.path("name").asString(""),
                    Text.clip(part.path("input").toString(), DETAIL_CHARS)));
        default -> {}
      }
    }
  }

  private void returned(JsonNode message) {
    for (JsonNode part : message.path("content")) {
      if (part.path("type").asString("").equals("tool_result")) {
        events.accept(
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

  /** What the end means: only a result that says so, and exit 0, are a good one. */
  synchronized Stop stop(Exit exit) {
    if (result.isEmpty()) {
      return new Stop.Crashed(exit.status(), lastError);
    }
    JsonNode r = result.get();
    String reason = r.path("terminal_reason").asString("");
    String text = Text.clip(Text.firstLine(r.path("result").asString(lastError)), DETAIL_CHARS);
    if (!r.path("is_error").asBoolean(true) && reason.equals("completed") && exit.status() == 0) {
      return new Stop.Ended();
    }
    return switch (reason) {
      case "prompt_too_long" -> new Stop.ContextFull();
      case "aborted_tools", "aborted_streaming" -> new Stop.Crashed(exit.status(), "interrupted");
      case "api_error" -> apiError(r.path("api_error_status").asInt(0), text);
      default -> new Stop.Crashed(exit.status(), text.isEmpty() ? reason : text);
    };
  }

  private Stop apiError(int status, String text) {
    Instant now = clock.instant();
    return switch (status) {
      case 401, 403 -> new Stop.Refused(text);
      case 429 -> new Stop.RateLimited(reset.orElse(now.plus(RESET_UNKNOWN)));
      default -> new Stop.ProviderDown(text, now);
    };
  }

  /**
   * The totals of the attempt: the result's own where it came, else what the partial messages told.
   */
  synchronized Usage usage() {
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
              count(m.path("inputTokens")),
              count(m.path("outputTokens")),
              count(m.path("cacheReadInputTokens")),
              count(m.path("cacheCreationInputTokens")));
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
        count(usage.path("input_tokens")),
        count(usage.path("output_tokens")),
        count(usage.path("cache_read_input_tokens")),
        count(usage.path("cache_creation_input_tokens")));
  }

  /** A number that another program printed: whatever it is, a count is not negative. */
  private static long count(JsonNode node) {
    return Math.max(0, node.asLong(0));
  }
}

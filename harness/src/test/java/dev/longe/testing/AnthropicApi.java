package dev.longe.testing;

import static dev.longe.testing.ModelServer.CACHE_READ;
import static dev.longe.testing.ModelServer.CACHE_WRITE;
import static dev.longe.testing.ModelServer.INPUT;
import static dev.longe.testing.ModelServer.OUTPUT;

import com.sun.net.httpserver.HttpExchange;
import dev.longe.core.Tokens;
import dev.longe.testing.ModelServer.Turn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** The Messages API. */
final class AnthropicApi extends ModelApi {
  @Override
  Tokens tokens() {
    return new Tokens(INPUT, OUTPUT, CACHE_READ, CACHE_WRITE);
  }

  @Override
  Object error(int status, String message) {
    String type =
        switch (status) {
          case 400 -> "invalid_request_error";
          case 401 -> "authentication_error";
          case 429 -> "rate_limit_error";
          default -> "api_error";
        };
    String text =
        message.equals(OVERFLOW) ? "prompt is too long: 215000 tokens > 200000 maximum" : message;
    return map("type", "error", "error", map("type", type, "message", text));
  }

  @Override
  Stream<String> offered(JsonNode request) {
    return StreamSupport.stream(request.path("tools").spliterator(), false)
        .map(t -> t.path("name").asString(""));
  }

  @Override
  void answer(HttpExchange exchange, JsonNode request, Turn turn, int n) throws IOException {
    Optional<Call> call = call(request, turn);
    String stop = call.isPresent() ? "tool_use" : "end_turn";
    Map<String, Object> usage =
        map(
            "input_tokens",
            INPUT,
            "cache_read_input_tokens",
            CACHE_READ,
            "cache_creation_input_tokens",
            CACHE_WRITE,
            "output_tokens",
            1);
    List<Map<String, Object>> content = new ArrayList<>();
    content.add(map("type", "text", "text", text(turn)));
    call.ifPresent(c ->
        content.add(
            map("type", "tool_use", "id", "toolu_" + n, "name", c.tool(), "input", c.input())));
    Map<String, Object> message =
        map(
            "id",
            "msg_" + n,
            "type",
            "message",
            "role",
            "assistant",
            "model",
            request.path("model").asString(""),
            "content",
            List.of(),
            "stop_reason",
            NULL,
            "stop_sequence",
            NULL,
            "usage",
            usage);
    if (!request.path("stream").asBoolean(false)) {
      message.put("content", content);
      message.put("stop_reason", stop);
      usage.put("output_tokens", OUTPUT);
      whole(exchange, message);
      return;
    }
    Sse sse = new Sse().typed(map("type", "message_start", "message", message));
    for (int i = 0; i < content.size(); i++) {
      block(sse, i, content.get(i));
    }
    sse.typed(
            map(
                "type",
                "message_delta",
                "delta",
                map("stop_reason", stop, "stop_sequence", NULL),
                "usage",
                map("output_tokens", OUTPUT)))
        .typed(map("type", "message_stop"))
        .send(exchange);
  }

  private static void block(Sse sse, int i, Map<String, Object> block) {
    boolean text = "text".equals(block.get("type"));
    Map<String, Object> start = map();
    start.putAll(block);
    start.put(text ? "text" : "input", text ? "" : Map.of());
    Map<String, Object> delta =
        text
            ? map("type", "text_delta", "text", Objects.requireNonNull(block.get("text")))
            : map(
                "type",
                "input_json_delta",
                "partial_json",
                json(Objects.requireNonNull(block.get("input"))));
    sse.typed(map("type", "content_block_start", "index", i, "content_block", start))
        .typed(map("type", "content_block_delta", "index", i, "delta", delta))
        .typed(map("type", "content_block_stop", "index", i));
  }
}

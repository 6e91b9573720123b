package dev.longe.testing;

import static dev.longe.testing.ModelServer.CACHE_READ;
import static dev.longe.testing.ModelServer.INPUT;
import static dev.longe.testing.ModelServer.OUTPUT;

import com.sun.net.httpserver.HttpExchange;
import dev.longe.core.Tokens;
import dev.longe.testing.ModelServer.Turn;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** OpenAI's two APIs. Input tokens include those that were read from the cache. */
abstract class OpenAiApi extends ModelApi {
  /** When a used-up quota comes back, as the refusal tells it. */
  static final int RESET_SECONDS = 3600;

  @Override
  final Tokens tokens() {
    return new Tokens(INPUT, OUTPUT, CACHE_READ, 0);
  }

  @Override
  final Object error(int status, String message) {
    if (message.equals(OVERFLOW)) {
      return map(
          "error",
          map(
              "message",
              "This model's maximum context length is 128000 tokens. However, your messages"
                  + " resulted in 215000 tokens.",
              "type",
              "invalid_request_error",
              "code",
              "context_length_exceeded"));
    }
    return status == 429
        ? map(
            "error",
            map(
                "type",
                "usage_limit_reached",
                "message",
                message,
                "plan_type",
                "pro",
                "resets_at",
                Instant.now().getEpochSecond() + RESET_SECONDS))
        : map("error", map("message", message, "type", "server_error", "code", NULL));
  }

  @Override
  final Stream<String> offered(JsonNode request) {
    return StreamSupport.stream(request.path("tools").spliterator(), false)
        .map(t -> t.path("function").path("name").asString(t.path("name").asString("")));
  }

  /** {@code /responses}. */
  static final class Responses extends OpenAiApi {
    @Override
    void answer(HttpExchange exchange, JsonNode request, Turn turn, int n) throws IOException {
      Optional<Call> call = call(request, turn);
      String id = "resp_" + n;
      Map<String, Object> message =
          map(
              "type",
              "message",
              "id",
              "msg_" + n,
              "role",
              "assistant",
              "status",
              "completed",
              "content",
              List.of(map("type", "output_text", "text", text(turn), "annotations", List.of())));
      Sse sse =
          new Sse()
              .typed(
                  map(
                      "type",
                      "response.created",
                      "response",
                      map("id", id, "object", "response", "status", "in_progress")));
      Map<String, Object> begun = map();
      begun.putAll(message);
      begun.put("content", List.of());
      sse.typed(map("type", "response.output_item.added", "output_index", 0, "item", begun))
          .typed(
              map(
                  "type",
                  "response.output_text.delta",
                  "item_id",
                  "msg_" + n,
                  "output_index",
                  0,
                  "content_index",
                  0,
                  "delta",
                  text(turn)))
          .typed(map("type", "response.output_item.done", "output_index", 0, "item", message));
      call.ifPresent(c ->
          sse.typed(
              map(
                  "type",
                  "response.output_item.done",
                  "output_index",
                  1,
                  "item",
                  map(
                      "type",
                      "function_call",
                      "id",
                      "fc_" + n,
                      "call_id",
                      "call_" + n,
                      "name",
                      c.tool(),
                      "arguments",
                      json(c.input())))));
      sse.typed(
              map(
                  "type",
                  "response.completed",
                  "response",
                  map(
                      "id",
                      id,
                      "object",
                      "response",
                      "status",
                      "completed",
                      "output",
                      List.of(),
                      "usage",
                      map(
                          "input_tokens",
                          INPUT + CACHE_READ,
                          "input_tokens_details",
                          map("cached_tokens", CACHE_READ),
                          "output_tokens",
                          OUTPUT,
                          "output_tokens_details",
                          map("reasoning_tokens", 0),
                          "total_tokens",
                          INPUT + CACHE_READ + OUTPUT))))
          .send(exchange);
    }
  }

  /** {@code /chat/completions}. */
  static final class Chat extends OpenAiApi {
    @Override
    void answer(HttpExchange exchange, JsonNode request, Turn turn, int n) throws IOException {
      Optional<Call> call = call(request, turn);
      Map<String, Object> message = map("role", "assistant", "content", text(turn));
      call.ifPresent(c ->
          message.put(
              "tool_calls",
              List.of(
                  map(
                      "index",
                      0,
                      "id",
                      "call_" + n,
                      "type",
                      "function",
                      "function",
                      map("name", c.tool(), "arguments", json(c.input()))))));
      String stop = call.isPresent() ? "tool_calls" : "stop";
      Map<String, Object> usage =
          map(
              "prompt_tokens",
              INPUT + CACHE_READ,
              "completion_tokens",
              OUTPUT,
              "total_tokens",
              INPUT + CACHE_READ + OUTPUT,
              "prompt_tokens_details",
              map("cached_tokens", CACHE_READ));
      if (!request.path("stream").asBoolean(false)) {
        Map<String, Object> whole = chunk(request, n, "chat.completion");
        whole.put("choices", List.of(map("index", 0, "message", message, "finish_reason", stop)));
        whole.put("usage", usage);
        whole(exchange, whole);
        return;
      }
      Map<String, Object> said = chunk(request, n, "chat.completion.chunk");
      said.put("choices", List.of(map("index", 0, "delta", message, "finish_reason", NULL)));
      Map<String, Object> end = chunk(request, n, "chat.completion.chunk");
      end.put("choices", List.of(map("index", 0, "delta", map(), "finish_reason", stop)));
      Map<String, Object> told = chunk(request, n, "chat.completion.chunk");
      told.put("choices", List.of());
      told.put("usage", usage);
      new Sse().data(said).data(end).data(told).data("[DONE]").send(exchange);
    }

    private static Map<String, Object> chunk(JsonNode request, int n, String object) {
      return map(
          "id",
          "chatcmpl-" + n,
          "object",
          object,
          "created",
          1_790_000_000,
          "model",
          request.path("model").asString(""));
    }
  }
}

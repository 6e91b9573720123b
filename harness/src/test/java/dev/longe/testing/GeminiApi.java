package dev.longe.testing;

import static dev.longe.testing.ModelServer.CACHE_READ;
import static dev.longe.testing.ModelServer.INPUT;
import static dev.longe.testing.ModelServer.OUTPUT;

import com.sun.net.httpserver.HttpExchange;
import dev.longe.core.Tokens;
import dev.longe.testing.ModelServer.Turn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** Google's generateContent, whole or streamed. */
final class GeminiApi extends ModelApi {
  private final boolean streamed;

  GeminiApi(boolean streamed) {
    this.streamed = streamed;
  }

  @Override
  Tokens tokens() {
    return new Tokens(INPUT, OUTPUT, CACHE_READ, 0);
  }

  @Override
  Object error(int status, String message) {
    String name =
        switch (status) {
          case 400 -> "INVALID_ARGUMENT";
          case 401 -> "UNAUTHENTICATED";
          case 429 -> "RESOURCE_EXHAUSTED";
          default -> "INTERNAL";
        };
    String text =
        message.equals(OVERFLOW)
            ? "The input token count (1215000) exceeds the maximum number of tokens allowed"
                + " (1048576)."
            : message;
    Map<String, Object> error = map("code", status, "message", text, "status", name);
    if (status == 429) {
      // A quota that comes back tomorrow: others are waited for by the program itself.
      error.put(
          "details",
          List.of(
              map(
                  "@type",
                  "type.googleapis.com/google.rpc.QuotaFailure",
                  "violations",
                  List.of(map("quotaId", "GenerateRequestsPerDayPerProjectPerModel-FreeTier")))));
    }
    return map("error", error);
  }

  @Override
  Stream<String> offered(JsonNode request) {
    return StreamSupport.stream(request.path("tools").spliterator(), false)
        .flatMap(t -> StreamSupport.stream(t.path("functionDeclarations").spliterator(), false))
        .map(f -> f.path("name").asString(""));
  }

  @Override
  void answer(HttpExchange exchange, JsonNode request, Turn turn, int n) throws IOException {
    List<Map<String, Object>> parts = new ArrayList<>();
    parts.add(map("text", text(turn)));
    call(request, turn)
        .ifPresent(c -> parts.add(map("functionCall", map("name", c.tool(), "args", c.input()))));
    Map<String, Object> answer =
        map(
            "candidates",
            List.of(
                map(
                    "content",
                    map("role", "model", "parts", parts),
                    "finishReason",
                    "STOP",
                    "index",
                    0)),
            "usageMetadata",
            map(
                "promptTokenCount",
                INPUT + CACHE_READ,
                "cachedContentTokenCount",
                CACHE_READ,
                "candidatesTokenCount",
                OUTPUT,
                "totalTokenCount",
                INPUT + CACHE_READ + OUTPUT),
            "modelVersion",
            "gemini-2.5-pro");
    if (streamed) {
      new Sse().data(answer).send(exchange);
    } else {
      whole(exchange, answer);
    }
  }
}

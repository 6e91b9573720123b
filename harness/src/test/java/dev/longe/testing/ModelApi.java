package dev.longe.testing;

import com.sun.net.httpserver.HttpExchange;
import dev.longe.core.Tokens;
import dev.longe.testing.ModelServer.Turn;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The form of one provider's API. */
abstract class ModelApi {
  static final String OVERFLOW = "overflow";
  static final Object NULL = ModelServer.JSON.nullNode();

  /** The API that a path belongs to. */
  static Optional<ModelApi> at(String path) {
    if (path.endsWith("/messages")) {
      return Optional.of(new AnthropicApi());
    }
    if (path.endsWith("/responses")) {
      return Optional.of(new OpenAiApi.Responses());
    }
    if (path.endsWith("/chat/completions")) {
      return Optional.of(new OpenAiApi.Chat());
    }
    return path.contains(":streamGenerateContent") || path.contains(":generateContent")
        ? Optional.of(new GeminiApi(path.contains(":stream")))
        : Optional.empty();
  }

  /** What one answer reports. */
  abstract Tokens tokens();

  /** The body of a refusal. */
  abstract Object error(int status, String message);

  abstract void answer(HttpExchange exchange, JsonNode request, Turn turn, int n)
      throws IOException;

  /** A tool that is called, with what it is given. */
  record Call(String tool, Map<String, Object> input) {}

  /** The names of the tools that a request offers. */
  abstract Stream<String> offered(JsonNode request);

  final Optional<Call> call(JsonNode request, Turn turn) {
    return switch (turn) {
      case Turn.Calls c -> Optional.of(new Call(c.tool(), c.input()));
      case Turn.Shell s -> Optional.of(shell(offered(request).toList(), s.line()));
      case Turn.Says _, Turn.Fails _, Turn.Overflows _ -> Optional.empty();
    };
  }

  final String text(Turn turn) {
    return turn instanceof Turn.Says s ? s.text() : "I work.";
  }

  private static Call shell(List<String> tools, String line) {
    for (String name : List.of("Bash", "bash", "exec_command", "run_shell_command", "shell")) {
      if (tools.contains(name)) {
        Map<String, Object> input = new LinkedHashMap<>();
        input.put(name.equals("exec_command") ? "cmd" : "command", line);
        if (!name.equals("exec_command") && !name.equals("shell")) {
          input.put("description", "work");
        }
        return new Call(name, input);
      }
    }
    throw new AssertionError("no shell among " + tools);
  }

  static Map<String, Object> map(Object... entries) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < entries.length; i += 2) {
      map.put(String.valueOf(entries[i]), entries[i + 1]);
    }
    return map;
  }

  /** An event stream. */
  static final class Sse {
    private final List<String> chunks = new ArrayList<>();

    Sse typed(Map<String, Object> event) {
      chunks.add("event: " + event.get("type") + "\ndata: " + json(event) + "\n\n");
      return this;
    }

    Sse data(Object event) {
      chunks.add("data: " + (event instanceof String s ? s : json(event)) + "\n\n");
      return this;
    }

    void send(HttpExchange exchange) throws IOException {
      exchange.getResponseHeaders().add("content-type", "text/event-stream");
      exchange.sendResponseHeaders(200, 0);
      try (OutputStream out = exchange.getResponseBody()) {
        for (String chunk : chunks) {
          out.write(chunk.getBytes(StandardCharsets.UTF_8));
          out.flush();
        }
      }
    }
  }

  static void whole(HttpExchange exchange, Object body) throws IOException {
    byte[] bytes = json(body).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("content-type", "application/json");
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  static String json(Object value) {
    return ModelServer.JSON.writeValueAsString(value);
  }
}

package dev.longe.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A model on loopback that plays a script: speaks the streaming form of the Messages API and
 * reports usage.
 */
final class ModelServer implements AutoCloseable {
  static final int INPUT = 1200;
  static final int CACHE_READ = 3000;
  static final int CACHE_WRITE = 700;
  static final int OUTPUT = 42;

  private static final JsonMapper JSON = new JsonMapper();

  /** One answer of the model. */
  sealed interface Turn {
    record Says(String text) implements Turn {}

    record Calls(String tool, Map<String, Object> input) implements Turn {}

    /** For ever, whatever is asked. */
    record Fails(int status, Map<String, String> headers) implements Turn {}
  }

  private final HttpServer server;
  private final ConcurrentLinkedDeque<Turn> script = new ConcurrentLinkedDeque<>();
  private final AtomicInteger answered = new AtomicInteger();

  /** The bodies of all requests for an answer. */
  final List<JsonNode> requests = new CopyOnWriteArrayList<>();

  ModelServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  void plays(Turn... turns) {
    script.clear();
    script.addAll(List.of(turns));
  }

  /** Answers that reported usage. */
  int answered() {
    return answered.get();
  }

  /** Everything that the n-th request held, as text. */
  String request(int n) {
    return requests.get(n).path("messages").toString();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (!exchange.getRequestURI().getPath().endsWith("/messages")) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      JsonNode request = JSON.readTree(body);
      requests.add(request);
      Turn turn = script.peek() instanceof Turn.Fails f ? f : next();
      switch (turn) {
        case Turn.Fails f -> fail(exchange, f);
        case Turn.Says s -> stream(exchange, request, List.of(text(s.text())), "end_turn");
        case Turn.Calls c -> stream(exchange, request, List.of(call(c)), "tool_use");
      }
    }
  }

  private Turn next() {
    Turn turn = script.poll();
    return turn == null ? new Turn.Says("Done.") : turn;
  }

  private static void fail(HttpExchange exchange, Turn.Fails f) throws IOException {
    f.headers().forEach((k, v) -> exchange.getResponseHeaders().add(k, v));
    exchange.getResponseHeaders().add("content-type", "application/json");
    byte[] body =
        "{\"type\":\"error\",\"error\":{\"type\":\"api_error\",\"message\":\"as the script says\"}}"
            .getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(f.status(), body.length);
    exchange.getResponseBody().write(body);
  }

  private record Block(Map<String, Object> start, Map<String, Object> delta) {}

  private static Block text(String text) {
    return new Block(
        Map.of("type", "text", "text", ""), Map.of("type", "text_delta", "text", text));
  }

  private Block call(Turn.Calls c) {
    return new Block(
        Map.of(
            "type",
            "tool_use",
            "id",
            "toolu_" + answered.get(),
            "name",
            c.tool(),
            "input",
            Map.of()),
        Map.of("type", "input_json_delta", "partial_json", JSON.writeValueAsString(c.input())));
  }

  private void stream(HttpExchange exchange, JsonNode request, List<Block> blocks, String stop)
      throws IOException {
    int n = answered.incrementAndGet();
    exchange.getResponseHeaders().add("content-type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    List<Map<String, Object>> events = new ArrayList<>();
    events.add(Map.of("type", "message_start", "message", start(request, n)));
    for (int i = 0; i < blocks.size(); i++) {
      events.add(
          Map.of(
              "type", "content_block_start", "index", i, "content_block", blocks.get(i).start()));
      events.add(Map.of("type", "content_block_delta", "index", i, "delta", blocks.get(i).delta()));
      events.add(Map.of("type", "content_block_stop", "index", i));
    }
    events.add(
        Map.of(
            "type",
            "message_delta",
            "delta",
            Map.of("stop_reason", stop),
            "usage",
            Map.of("output_tokens", OUTPUT)));
    events.add(Map.of("type", "message_stop"));
    try (OutputStream out = exchange.getResponseBody()) {
      for (Map<String, Object> event : events) {
        String line =
            "event: " + event.get("type") + "\ndata: " + JSON.writeValueAsString(event) + "\n\n";
        out.write(line.getBytes(StandardCharsets.UTF_8));
        out.flush();
      }
    }
  }

  private static Map<String, Object> start(JsonNode request, int n) {
    return Map.of(
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
        "usage",
        Map.of(
            "input_tokens", INPUT,
            "cache_read_input_tokens", CACHE_READ,
            "cache_creation_input_tokens", CACHE_WRITE,
            "output_tokens", 1));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

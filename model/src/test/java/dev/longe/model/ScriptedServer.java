package dev.longe.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A provider on loopback that plays one reply after the other and keeps what it was asked. */
final class ScriptedServer implements AutoCloseable {
  static final JsonMapper JSON = new JsonMapper();

  /** A variable that every process has; its value is the key. */
  static final String KEY_VARIABLE = "PATH";

  private record Reply(int status, Map<String, String> headers, String body, boolean whole) {}

  private final HttpServer server;
  private final Deque<Reply> replies = new ArrayDeque<>();
  private final List<JsonNode> requests = new ArrayList<>();
  private final List<Map<String, List<String>>> headers = new ArrayList<>();

  ScriptedServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::serve);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** A stream of events, each with its type where it has one. */
  synchronized ScriptedServer streams(String... events) {
    replies.add(new Reply(200, Map.of("content-type", "text/event-stream"), sse(events), true));
    return this;
  }

  /** The same, but the connection breaks after these events. */
  synchronized ScriptedServer breaksAfter(String... events) {
    replies.add(new Reply(200, Map.of("content-type", "text/event-stream"), sse(events), false));
    return this;
  }

  synchronized ScriptedServer refuses(int status, Map<String, String> more, String message) {
    String body = "{\"type\":\"error\",\"error\":{\"type\":\"x\",\"message\":\"" + message + "\"}}";
    replies.add(new Reply(status, more, body, true));
    return this;
  }

  private static String sse(String... events) {
    StringBuilder all = new StringBuilder();
    for (String data : events) {
      int at = data.indexOf("\"type\":\"");
      if (data.startsWith("{\"type\":\"")) {
        int from = at + "\"type\":\"".length();
        all.append("event: ").append(data, from, data.indexOf('"', from)).append('\n');
      }
      all.append("data: ").append(data).append("\n\n");
    }
    return all.toString();
  }

  private synchronized void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      requests.add(JSON.readTree(exchange.getRequestBody()));
      headers.add(Map.copyOf(exchange.getRequestHeaders()));
      Reply reply = replies.remove();
      reply.headers().forEach((k, v) -> exchange.getResponseHeaders().add(k, v));
      byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(reply.status(), bytes.length + (reply.whole() ? 0 : 1_000));
      OutputStream out = exchange.getResponseBody();
      out.write(bytes);
      out.flush();
    }
  }

  synchronized int asked() {
    return requests.size();
  }

  synchronized JsonNode request(int n) {
    return requests.get(n);
  }

  synchronized Optional<String> header(int n, String name) {
    return headers.get(n).entrySet().stream()
        .filter(e -> e.getKey().equalsIgnoreCase(name))
        .map(e -> e.getValue().getFirst())
        .findFirst();
  }

  /** A request for work in a directory, whose session lies beside it. */
  Request request(String api, Path directory, boolean resume) {
    return request(api, Optional.of(url()), directory, resume);
  }

  static Request request(String api, Optional<String> url, Path directory, boolean resume) {
    return new Request(
        api,
        "m-1",
        url,
        KEY_VARIABLE,
        false,
        directory,
        directory.resolveSibling("session.json"),
        resume,
        "Mend it.",
        100_000,
        5,
        0);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

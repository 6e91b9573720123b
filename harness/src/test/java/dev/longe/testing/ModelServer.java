package dev.longe.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.longe.core.Tokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A model on loopback that plays a script: speaks the streaming forms of Anthropic's Messages,
 * OpenAI's Responses and Chat Completions, and Gemini's API, and reports usage. A request without
 * tools asks for a title or the like: it gets one and the script goes on.
 */
public final class ModelServer implements AutoCloseable {
  public static final int INPUT = 1200;
  public static final int CACHE_READ = 3000;
  public static final int CACHE_WRITE = 700;
  public static final int OUTPUT = 42;

  static final JsonMapper JSON = new JsonMapper();

  /** One answer of the model. */
  public sealed interface Turn {
    record Says(String text) implements Turn {}

    /** Calls a tool by its name. */
    record Calls(String tool, Map<String, Object> input) implements Turn {}

    /** Runs a line with whatever shell tool the agent offers. */
    record Shell(String line) implements Turn {}

    /** Fails, whatever is asked, for ever or so many times. */
    record Fails(int status, Map<String, String> headers, int times) implements Turn {
      public Fails(int status, Map<String, String> headers) {
        this(status, headers, Integer.MAX_VALUE);
      }
    }

    /** Says, for ever, that the context is full. */
    record Overflows() implements Turn {}
  }

  private final HttpServer server;
  private final ConcurrentLinkedDeque<Turn> script = new ConcurrentLinkedDeque<>();
  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();
  private volatile Tokens told = Tokens.ZERO;

  /** The bodies of all requests for an answer. */
  public final List<JsonNode> requests = new CopyOnWriteArrayList<>();

  public ModelServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::serve);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  public void plays(Turn... turns) {
    script.clear();
    failed.set(0);
    script.addAll(List.of(turns));
  }

  /** Answers that reported usage. */
  public int answered() {
    return answered.get();
  }

  /** All tokens that the script's answers reported. */
  public Tokens told() {
    return told;
  }

  /** Everything that the n-th request held, as text. */
  public String request(int n) {
    return requests.get(n).toString();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      Optional<ModelApi> api = ModelApi.at(exchange.getRequestURI().getPath());
      if (api.isEmpty() || body.length == 0) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      JsonNode request = JSON.readTree(body);
      if (request.path("tools").isEmpty()) {
        api.get().answer(exchange, request, new Turn.Says("A title"), 0);
        return;
      }
      requests.add(request);
      Turn turn = next();
      switch (turn) {
        case Turn.Fails f -> fail(exchange, f, api.get());
        case Turn.Overflows _ ->
            reply(exchange, 400, Map.of(), api.get().error(400, ModelApi.OVERFLOW));
        case Turn.Says _, Turn.Calls _, Turn.Shell _ -> {
          int n = answered.incrementAndGet();
          synchronized (this) {
            told = told.plus(api.get().tokens());
          }
          api.get().answer(exchange, request, turn, n);
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private Turn next() {
    Turn first = script.peek();
    if (first instanceof Turn.Overflows) {
      return first;
    }
    if (first instanceof Turn.Fails f) {
      if (failed.incrementAndGet() <= f.times()) {
        return f;
      }
      failed.set(0);
      Turn _ = script.poll();
    }
    Turn turn = script.poll();
    return turn == null ? new Turn.Says("Done.") : turn;
  }

  private static void fail(HttpExchange exchange, Turn.Fails f, ModelApi api) throws IOException {
    reply(exchange, f.status(), f.headers(), api.error(f.status(), "as the script says"));
  }

  private static void reply(
      HttpExchange exchange, int status, Map<String, String> headers, Object body)
      throws IOException {
    headers.forEach((k, v) -> exchange.getResponseHeaders().add(k, v));
    exchange.getResponseHeaders().add("content-type", "application/json");
    byte[] bytes = JSON.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

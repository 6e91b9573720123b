package dev.longe.agent.opencode;

import dev.longe.agent.Json;
import dev.longe.core.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** One opencode server, over HTTP on loopback. Safe for use by many threads. */
final class OpenCodeServer implements AutoCloseable {
  /** It answers in milliseconds; its very first start takes seconds. */
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private static final int ERRORS = 400;
  private static final String DATA = "data: ";

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1) // asked to upgrade, the server never answers
          .connectTimeout(TIMEOUT)
          .executor(r -> Thread.ofVirtual().name("longe-opencode").start(r))
          .build();
  private final String url;
  private final String directory;
  private final String authorization;

  OpenCodeServer(String url, Path directory, String password) {
    this.url = url;
    this.directory = URLEncoder.encode(directory.toString(), StandardCharsets.UTF_8);
    this.authorization =
        "Basic "
            + Base64.getEncoder()
                .encodeToString(("opencode:" + password).getBytes(StandardCharsets.UTF_8));
  }

  /** A port that is free now: asked for any, the server takes its usual one. */
  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new Fault("There is no free port on the loopback interface: " + e.getMessage(), e);
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path + "?directory=" + directory))
        .header("Authorization", authorization)
        .header("Content-Type", "application/json");
  }

  /** Sends an object; answers with the server's, which may be empty. */
  JsonNode post(String path, Object body) throws IOException, InterruptedException {
    HttpRequest request =
        request(path)
            .timeout(TIMEOUT)
            .POST(HttpRequest.BodyPublishers.ofString(Json.MAPPER.writeValueAsString(body)))
            .build();
    HttpResponse<String> response =
        client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    if (response.statusCode() >= ERRORS) {
      throw new IOException("HTTP " + response.statusCode() + ": " + response.body());
    }
    return Json.object(response.body()).orElseGet(Json.MAPPER::createObjectNode);
  }

  /** Hands on every event until the server ends; {@code open} runs once events are coming. */
  void events(Runnable open, Consumer<String> line) throws IOException, InterruptedException {
    HttpResponse<java.util.stream.Stream<String>> response =
        client.send(
            request("/event").timeout(TIMEOUT).build(), HttpResponse.BodyHandlers.ofLines());
    if (response.statusCode() >= ERRORS) {
      throw new IOException("HTTP " + response.statusCode() + " for the request of its events");
    }
    open.run();
    response
        .body()
        .filter(l -> l.startsWith(DATA))
        .forEach(l -> line.accept(l.substring(DATA.length())));
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  /** The body of a message to the agent, for the model where one is named. */
  static Map<String, Object> prompt(String text, Optional<String> model) {
    Map<String, Object> body = new HashMap<>();
    body.put("parts", List.of(Map.of("type", "text", "text", text)));
    model.ifPresent(m -> {
      int slash = m.indexOf('/');
      body.put(
          "model",
          Map.of(
              "providerID",
              slash < 0 ? "opencode" : m.substring(0, slash),
              "modelID",
              m.substring(slash + 1)));
    });
    return body;
  }
}

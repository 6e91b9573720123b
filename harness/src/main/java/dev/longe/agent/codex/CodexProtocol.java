package dev.longe.agent.codex;

import dev.longe.agent.AgentEvent;
import dev.longe.agent.Assignment;
import dev.longe.agent.Json;
import dev.longe.agent.Protocol;
import dev.longe.agent.ProviderError;
import dev.longe.core.Cost;
import dev.longe.core.Money;
import dev.longe.core.Stop;
import dev.longe.core.Tokens;
import dev.longe.core.Usage;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * The app-server: requests with an id, notifications without, both ways; no {@code jsonrpc} key.
 */
public final class CodexProtocol extends Protocol {
  private static final int INITIALIZE = 0;
  private static final int THREAD = 1;
  private static final int TURN = 2;
  private static final int LATER = 3;
  private static final int NO_SUCH_METHOD = -32601;

  private final InstantSource clock;
  private final Assignment assignment;
  private final Optional<String> model;
  private int nextId = LATER;
  private String thread = "";
  private String turn = "";
  private Optional<JsonNode> ended = Optional.empty();
  private Optional<Instant> reset = Optional.empty();
  private String refusal = "";
  private long total;
  private Tokens used = Tokens.ZERO;

  public CodexProtocol(
      Consumer<AgentEvent> events,
      InstantSource clock,
      Assignment assignment,
      Optional<String> model) {
    super(events);
    this.clock = clock;
    this.assignment = assignment;
    this.model = model;
  }

  @Override
  protected String opening() {
    return Json.line(
        request(
            INITIALIZE,
            "initialize",
            Map.of(
                "clientInfo",
                Map.of("name", "longe", "title", "Longe", "version", "1"),
                "capabilities",
                Map.of("experimentalApi", true))));
  }

  private static Map<String, Object> request(int id, String method, Map<String, Object> params) {
    return Map.of("id", id, "method", method, "params", params);
  }

  @Override
  protected void take(JsonNode node) {
    String method = Json.text(node, "method");
    if (!method.isEmpty() && node.has("id")) {
      answer(node.path("id"), method);
    } else if (!method.isEmpty()) {
      told(method, node.path("params"));
    } else if (node.has("error")) {
      failed(node.path("id").asInt(-1), Json.text(node.path("error"), "message"));
    } else {
      answered(node.path("id").asInt(-1), node.path("result"));
    }
  }

  /** It asks: the clone is its own to work in, so it may; other questions can't be answered. */
  private void answer(JsonNode id, String method) {
    boolean approval = method.endsWith("requestApproval");
    boolean _ =
        wire()
            .send(
                approval
                    ? Map.of("id", id, "result", Map.of("decision", "accept"))
                    : Map.of(
                        "id",
                        id,
                        "error",
                        Map.of("code", NO_SUCH_METHOD, "message", "not supported")));
  }

  private void answered(int id, JsonNode result) {
    switch (id) {
      case INITIALIZE -> {
        boolean _ = wire().send(Map.of("method", "initialized"));
        openThread();
      }
      case THREAD -> {
        thread = Json.text(result.path("thread"), "id");
        started(thread, Json.text(result, "model"));
        boolean _ =
            wire()
                .send(
                    request(
                        TURN,
                        "turn/start",
                        Map.of("threadId", thread, "input", input(assignment.prompt()))));
      }
      case TURN -> turn = Json.text(result.path("turn"), "id");
      default -> {}
    }
  }

  private void openThread() {
    Map<String, Object> params = new HashMap<>();
    params.put("cwd", assignment.directory().toString());
    params.put("approvalPolicy", "never");
    params.put("sandbox", "danger-full-access");
    model.ifPresent(m -> params.put("model", m));
    assignment.resume().ifPresent(session -> params.put("threadId", session));
    boolean _ =
        wire()
            .send(
                request(
                    THREAD,
                    assignment.resume().isPresent() ? "thread/resume" : "thread/start",
                    params));
  }

  private static List<Map<String, Object>> input(String text) {
    return List.of(Map.of("type", "text", "text", text));
  }

  private void failed(int id, String message) {
    if (id >= INITIALIZE && id <= TURN) {
      refusal = Json.detail(message);
      finish();
    }
  }

  private void told(String method, JsonNode params) {
    switch (method) {
      case "item/started" -> itemStarted(params.path("item"));
      case "item/completed" -> itemCompleted(params.path("item"));
      case "thread/tokenUsage/updated" -> {
        if (Json.text(params, "turnId").equals(turn)) { // a resumed thread tells its past first
          used(params.path("tokenUsage"));
        }
      }
      case "account/rateLimits/updated" -> limits(params.path("rateLimits"));
      case "turn/completed" -> {
        ended = Optional.of(params.path("turn"));
        finish();
      }
      default -> {}
    }
  }

  private void itemStarted(JsonNode item) {
    switch (Json.text(item, "type")) {
      case "commandExecution" ->
          emit(new AgentEvent.ToolCalled("shell", Json.detail(item.path("command"))));
      case "fileChange" ->
          emit(new AgentEvent.ToolCalled("edit", Json.detail(item.path("changes"))));
      case "mcpToolCall" ->
          emit(new AgentEvent.ToolCalled(Json.text(item, "tool"), Json.text(item, "server")));
      default -> {}
    }
  }

  private void itemCompleted(JsonNode item) {
    switch (Json.text(item, "type")) {
      case "agentMessage" -> emit(new AgentEvent.Said(Json.text(item, "text")));
      case "commandExecution", "fileChange", "mcpToolCall" ->
          emit(
              new AgentEvent.ToolReturned(
                  Json.text(item, "id"), !Json.text(item, "status").equals("completed")));
      default -> {}
    }
  }

  /** The running total tells whether {@code last} is a new one. */
  private void used(JsonNode usage) {
    long now = Json.count(usage.path("total"), "totalTokens");
    if (now == total) {
      return;
    }
    total = now;
    JsonNode last = usage.path("last");
    long read = Json.count(last, "cachedInputTokens");
    long written = Json.count(last, "cacheWriteInputTokens");
    long input = Math.max(0, Json.count(last, "inputTokens") - read - written);
    used = used.plus(new Tokens(input, Json.count(last, "outputTokens"), read, written));
    emit(new AgentEvent.Used(usage()));
  }

  /** The window that is used up is the one whose end matters; the later one if both are. */
  private void limits(JsonNode limits) {
    for (String window : List.of("primary", "secondary")) {
      long seconds = Json.count(limits.path(window), "resetsAt");
      boolean full = limits.path(window).path("usedPercent").asDouble(0) >= 100;
      if (full && seconds > 0) {
        Instant end = Instant.ofEpochSecond(seconds);
        reset = Optional.of(reset.filter(r -> r.isAfter(end)).orElse(end));
      }
    }
  }

  @Override
  protected boolean steer(String message) {
    return !turn.isEmpty()
        && wire()
            .send(
                request(
                    nextId++,
                    "turn/steer",
                    Map.of("threadId", thread, "expectedTurnId", turn, "input", input(message))));
  }

  /** An interrupted turn leaves its commands alive; with the input closed they end. */
  @Override
  protected void interrupt() {
    if (!turn.isEmpty()) {
      boolean _ =
          wire()
              .send(
                  request(nextId++, "turn/interrupt", Map.of("threadId", thread, "turnId", turn)));
      boolean _ =
          wire()
              .send(
                  request(
                      nextId++, "thread/backgroundTerminals/clean", Map.of("threadId", thread)));
    }
    wire().close();
  }

  @Override
  protected boolean noise(JsonNode node) {
    return Json.text(node, "method").endsWith("elta");
  }

  @Override
  protected Stop verdict(boolean well, int status) {
    if (!refusal.isEmpty()) {
      return new Stop.Crashed(status, refusal);
    }
    if (ended.isEmpty()) {
      return new Stop.Crashed(status, lastError());
    }
    return switch (Json.text(ended.get(), "status")) {
      case "completed" -> well ? new Stop.Ended() : new Stop.Crashed(status, lastError());
      case "failed" -> error(ended.get().path("error"), status);
      default -> new Stop.Crashed(status, "interrupted");
    };
  }

  private Stop error(JsonNode error, int exit) {
    String text = Json.detail(error.path("message"));
    JsonNode info = error.path("codexErrorInfo");
    String kind = info.isString() ? info.asString() : String.join("", info.propertyNames());
    int status = info.path(kind).path("httpStatusCode").asInt(0);
    return switch (kind) {
      case "contextWindowExceeded" -> new Stop.ContextFull();
      case "unauthorized" -> new Stop.Refused(text);
      case "usageLimitExceeded" -> ProviderError.stop(429, text, reset, clock.instant());
      case "badRequest", "sandboxError", "threadRollbackFailed" -> new Stop.Crashed(exit, text);
      default -> ProviderError.stop(status, text, reset, clock.instant());
    };
  }

  @Override
  protected Usage usage() {
    return new Usage(used, new Cost.Unknown(Money.ZERO));
  }
}

package dev.longe.agent.acp;

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
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** The Agent Client Protocol, version 1. Its {@code end_turn} means stopped, never succeeded. */
public final class AcpProtocol extends Protocol {
  private static final int VERSION = 1;
  private static final int INITIALIZE = 0;
  private static final int SESSION = 1;
  private static final int PROMPT = 2;
  private static final int AUTH_REQUIRED = -32000;
  private static final int TOO_MANY = 429;
  private static final int REFUSED = -32601;

  private final InstantSource clock;
  private final Assignment assignment;
  private final AcpClient client;
  private final StringBuilder saying = new StringBuilder();
  private final Set<String> calls = new HashSet<>();
  private String session = "";
  private boolean resumable;
  private boolean prompted;
  private Optional<JsonNode> ended = Optional.empty();
  private Optional<Stop> refused = Optional.empty();
  private Optional<Money> cost = Optional.empty();

  public AcpProtocol(
      Consumer<AgentEvent> events, InstantSource clock, Assignment assignment, AcpClient client) {
    super(events);
    this.clock = clock;
    this.assignment = assignment;
    this.client = client;
  }

  private static Map<String, Object> request(int id, String method, Object params) {
    return Map.of("jsonrpc", "2.0", "id", id, "method", method, "params", params);
  }

  @Override
  protected String opening() {
    return Json.line(
        request(
            INITIALIZE,
            "initialize",
            Map.of(
                "protocolVersion",
                VERSION,
                "clientCapabilities",
                Map.of("fs", Map.of("readTextFile", true, "writeTextFile", true), "terminal", true),
                "clientInfo",
                Map.of("name", "longe", "version", "1"))));
  }

  @Override
  protected void take(JsonNode node) {
    String method = Json.text(node, "method");
    if (!method.isEmpty() && node.has("id")) {
      called(node.path("params").path("toolCall"));
      client.asked(method, node.path("params"), reply(node.path("id")));
    } else if (method.equals("session/update")) {
      update(node.path("params").path("update"));
    } else if (node.has("error")) {
      failed(node.path("id").asInt(-1), node.path("error"));
    } else if (node.has("result")) {
      answered(node.path("id").asInt(-1), node.path("result"));
    }
  }

  private AcpClient.Reply reply(JsonNode id) {
    return new AcpClient.Reply() {
      @Override
      public void with(Object answer) {
        boolean _ = wire().send(Map.of("jsonrpc", "2.0", "id", id, "result", answer));
      }

      @Override
      public void refuse(String why) {
        Object error = Map.of("code", REFUSED, "message", why);
        boolean _ = wire().send(Map.of("jsonrpc", "2.0", "id", id, "error", error));
      }
    };
  }

  private void answered(int id, JsonNode result) {
    switch (id) {
      case INITIALIZE -> initialized(result);
      case SESSION -> {
        session = assignment.resume().orElseGet(() -> Json.text(result, "sessionId"));
        if (resumable) {
          started(session, "");
        }
        prompted = true;
        boolean _ =
            wire()
                .send(
                    request(
                        PROMPT,
                        "session/prompt",
                        Map.of(
                            "sessionId",
                            session,
                            "prompt",
                            List.of(Map.of("type", "text", "text", assignment.prompt())))));
      }
      case PROMPT -> {
        saySo();
        ended = Optional.of(result);
        finish();
      }
      default -> {}
    }
  }

  private void initialized(JsonNode result) {
    int version = result.path("protocolVersion").asInt(0);
    if (version != VERSION) {
      refuse(
          new Stop.Crashed(
              -1,
              "it uses version "
                  + version
                  + " of the Agent Client Protocol, and Longe uses version "
                  + VERSION));
      return;
    }
    JsonNode can = result.path("agentCapabilities");
    boolean resumes = can.path("sessionCapabilities").has("resume");
    resumable = resumes || can.path("loadSession").asBoolean(false);
    String method =
        assignment.resume().isEmpty() ? "session/new" : resumes ? "session/resume" : "session/load";
    Map<String, Object> place =
        Map.of("cwd", assignment.directory().toString(), "mcpServers", List.of());
    boolean _ =
        wire()
            .send(
                request(
                    SESSION,
                    method,
                    assignment
                        .resume()
                        .<Map<String, Object>>map(s ->
                            Map.of(
                                "sessionId", s, "cwd", place.get("cwd"), "mcpServers", List.of()))
                        .orElse(place)));
  }

  private void failed(int id, JsonNode error) {
    if (id < INITIALIZE || id > PROMPT) {
      return;
    }
    int code = error.path("code").asInt(0);
    String text = Json.detail(Json.text(error, "message") + detail(error.path("data")));
    if (code == AUTH_REQUIRED) {
      refuse(new Stop.Refused(text));
    } else if (id == PROMPT) {
      boolean quota = Json.text(error.path("data"), "errorKind").equals("rate_limit");
      int status = quota ? TOO_MANY : Math.max(0, code);
      refuse(ProviderError.stop(status, text, Optional.empty(), clock.instant()));
    } else {
      refuse(new Stop.Crashed(-1, text));
    }
  }

  private static String detail(JsonNode data) {
    return data.isMissingNode() || data.isNull() ? "" : " " + data;
  }

  private void refuse(Stop why) {
    refused = Optional.of(why);
    finish();
  }

  /** A loaded session is told anew from its beginning before the prompt goes out. */
  private void update(JsonNode update) {
    if (!prompted) {
      return;
    }
    String kind = Json.text(update, "sessionUpdate");
    if (!kind.equals("agent_message_chunk")) {
      saySo();
    }
    switch (kind) {
      case "agent_message_chunk" -> saying.append(Json.text(update.path("content"), "text"));
      case "tool_call" -> called(update);
      case "tool_call_update" -> toolUpdate(update);
      case "usage_update" -> {
        BigDecimal dollars = update.path("cost").path("amount").asDecimal(BigDecimal.ZERO);
        boolean usd = update.path("cost").path("currency").asString("").equals("USD");
        if (usd && dollars.signum() > 0) {
          cost = Optional.of(Money.ofDollars(dollars));
          emit(new AgentEvent.Used(usage()));
        }
      }
      default -> {}
    }
  }

  /** Told when it begins or when it asks for permission; some do the one, some the other. */
  private void called(JsonNode call) {
    String id = Json.text(call, "toolCallId");
    if (!id.isEmpty() && calls.add(id)) {
      emit(
          new AgentEvent.ToolCalled(
              call.path("kind").asString("tool"), Json.detail(call.path("title"))));
    }
  }

  private void toolUpdate(JsonNode update) {
    String status = Json.text(update, "status");
    if (status.equals("completed") || status.equals("failed")) {
      emit(new AgentEvent.ToolReturned(Json.text(update, "toolCallId"), status.equals("failed")));
    }
  }

  private void saySo() {
    if (!saying.isEmpty()) {
      emit(new AgentEvent.Said(saying.toString()));
      saying.setLength(0);
    }
  }

  @Override
  protected boolean noise(JsonNode node) {
    return node.path("params").path("update").path("sessionUpdate").asString("").endsWith("chunk");
  }

  @Override
  protected void interrupt() {
    boolean _ =
        wire()
            .send(
                Map.of(
                    "jsonrpc",
                    "2.0",
                    "method",
                    "session/cancel",
                    "params",
                    Map.of("sessionId", session)));
    wire().close();
  }

  @Override
  protected void release() {
    client.close();
  }

  @Override
  protected Stop verdict(boolean well, int status) {
    if (refused.isPresent()) {
      return refused.get();
    }
    if (ended.isEmpty()) {
      return new Stop.Crashed(status, lastError());
    }
    String reason = Json.text(ended.get(), "stopReason");
    return switch (reason) {
      case "end_turn" -> well ? new Stop.Ended() : new Stop.Crashed(status, lastError());
      case "max_turn_requests" -> new Stop.TurnLimit();
      case "max_tokens" -> new Stop.ContextFull();
      default -> new Stop.Crashed(status, "its stop reason is " + reason);
    };
  }

  /**
   * Tokens of the turn, as far as the agent tells them. The cost that agents tell is the session's:
   * it is this attempt's only where the session began with it.
   */
  @Override
  protected Usage usage() {
    JsonNode usage = ended.map(e -> e.path("usage")).orElseGet(Json.MAPPER::createObjectNode);
    Tokens tokens =
        new Tokens(
            Json.count(usage, "inputTokens"),
            Json.count(usage, "outputTokens"),
            Json.count(usage, "cachedReadTokens"),
            Json.count(usage, "cachedWriteTokens"));
    Optional<Money> own = assignment.resume().isEmpty() ? cost : Optional.empty();
    return new Usage(
        tokens, own.<Cost>map(Cost.Reported::new).orElse(new Cost.Unknown(Money.ZERO)));
  }
}

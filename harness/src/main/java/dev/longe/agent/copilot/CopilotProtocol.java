package dev.longe.agent.copilot;

import dev.longe.agent.AgentEvent;
import dev.longe.agent.Json;
import dev.longe.agent.Protocol;
import dev.longe.agent.ProviderError;
import dev.longe.core.Cost;
import dev.longe.core.Money;
import dev.longe.core.Stop;
import dev.longe.core.Tokens;
import dev.longe.core.Usage;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** The Copilot CLI's JSON output. A cut-off answer may end with exit code 0. */
public final class CopilotProtocol extends Protocol {
  private final InstantSource clock;
  private final String session;
  private final CopilotUsage usage;
  private final Tokens before;
  private boolean named;
  private boolean aborted;
  private Optional<JsonNode> error = Optional.empty();
  private Optional<JsonNode> result = Optional.empty();

  public CopilotProtocol(
      Consumer<AgentEvent> events, InstantSource clock, String session, CopilotUsage usage) {
    super(events);
    this.clock = clock;
    this.session = session;
    this.usage = usage;
    this.before = usage.total();
  }

  @Override
  protected void take(JsonNode node) {
    JsonNode data = node.path("data");
    switch (Json.text(node, "type")) {
      case "assistant.message" -> {
        if (!named) {
          named = true;
          started(session, Json.text(data, "model"));
        }
        error = Optional.empty();
        if (!Json.text(data, "content").isBlank()) {
          emit(new AgentEvent.Said(Json.text(data, "content")));
        }
      }
      case "tool.execution_start" ->
          emit(
              new AgentEvent.ToolCalled(
                  Json.text(data, "toolName"), Json.detail(data.path("arguments"))));
      case "tool.execution_complete" ->
          emit(
              new AgentEvent.ToolReturned(
                  Json.text(data, "toolCallId"), !data.path("success").asBoolean(false)));
      case "session.error" -> error = Optional.of(data);
      case "assistant.idle" -> aborted = data.path("aborted").asBoolean(false);
      case "result" -> {
        result = Optional.of(node);
        finish();
      }
      default -> {}
    }
  }

  @Override
  protected boolean noise(JsonNode node) {
    return node.path("ephemeral").asBoolean(false);
  }

  @Override
  protected Stop verdict(boolean well, int status) {
    if (error.isPresent()) {
      JsonNode e = error.get();
      String text = Json.detail(e.path("message"));
      return Json.text(e, "errorType").equals("authentication")
          ? new Stop.Refused(text)
          : ProviderError.stop(
              e.path("statusCode").asInt(0), text, Optional.empty(), clock.instant());
    }
    boolean good = result.filter(r -> r.path("exitCode").asInt(-1) == 0).isPresent();
    return good && well && !aborted ? new Stop.Ended() : new Stop.Crashed(status, lastError());
  }

  @Override
  protected Usage usage() {
    Tokens now = usage.total();
    return new Usage(
        new Tokens(
            now.input() - before.input(),
            now.output() - before.output(),
            now.cacheRead() - before.cacheRead(),
            now.cacheWrite() - before.cacheWrite()),
        new Cost.Unknown(Money.ZERO));
  }
}

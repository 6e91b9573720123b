package dev.longe.agent.opencode;

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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * opencode's server: it prints its address, and tells the rest as events. It has no end of its own:
 * once the session is idle it is asked to go.
 */
public final class OpenCodeProtocol extends Protocol {
  private static final Pattern LISTENING = Pattern.compile("listening on (http://\\S+)");

  /** A pause that it may make by itself: above its own backoff between tries. */
  private static final Duration RETRY_MAX = Duration.ofMinutes(2);

  /** What it sums up a third time in one attempt no longer holds the task; own choice. */
  private static final int COMPACTIONS_MAX = 3;

  private final InstantSource clock;
  private final Assignment assignment;
  private final Optional<String> model;
  private final String password;
  private final Set<String> parts = new HashSet<>();
  private Optional<OpenCodeServer> server = Optional.empty();
  private String session = "";
  private boolean working;
  private boolean named;
  private String failure = "";
  private Optional<JsonNode> error = Optional.empty();
  private int compactions;
  private Optional<Instant> reset = Optional.empty();
  private Usage used = Usage.NONE;

  public OpenCodeProtocol(
      Consumer<AgentEvent> events,
      InstantSource clock,
      Assignment assignment,
      Optional<String> model,
      String password) {
    super(events);
    this.clock = clock;
    this.assignment = assignment;
    this.model = model;
    this.password = password;
  }

  @Override
  protected void prose(String line) {
    Matcher m = LISTENING.matcher(line);
    if (m.find() && server.isEmpty()) {
      OpenCodeServer found = new OpenCodeServer(m.group(1), assignment.directory(), password);
      server = Optional.of(found);
      Thread _ = Thread.ofVirtual().name("longe-opencode").start(() -> converse(found));
    }
  }

  private void converse(OpenCodeServer found) {
    try {
      found.events(() -> begin(found), this::line);
    } catch (IOException | UncheckedIOException e) {
      over(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The server went, or refused: without a session that is idle the attempt did not end well. */
  private synchronized void over(String why) {
    if (!finished()) {
      failure = Json.detail(why);
      wire().terminate();
    }
  }

  private void begin(OpenCodeServer found) {
    try {
      String name =
          assignment.resume().isPresent()
              ? assignment.resume().get()
              : Json.text(found.post("/session", Map.of()), "id");
      synchronized (this) {
        session = name;
        working = true;
      }
      JsonNode _ =
          found.post(
              "/session/" + name + "/prompt_async",
              OpenCodeServer.prompt(assignment.prompt(), model));
    } catch (IOException e) {
      over(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  protected void take(JsonNode node) {
    JsonNode p = node.path("properties");
    switch (Json.text(node, "type")) {
      case "message.updated" -> message(p.path("info"));
      case "message.part.updated" -> part(p.path("part"));
      case "session.compacted" -> {
        if (++compactions >= COMPACTIONS_MAX) {
          finish();
          wire().terminate();
        }
      }
      case "session.status" -> {
        if (own(p)) {
          retries(p.path("status"));
        }
      }
      case "session.error" -> {
        if (own(p)) {
          error = Optional.of(p.path("error"));
        }
      }
      case "session.idle" -> {
        if (own(p) && working) {
          finish();
          wire().terminate();
        }
      }
      default -> {}
    }
  }

  /** It would wait for a quota by itself, for hours, and hold everything up meanwhile. */
  private void retries(JsonNode status) {
    if (!Json.text(status, "type").equals("retry")) {
      return;
    }
    Instant next = Instant.ofEpochMilli(Json.count(status, "next"));
    if (next.isAfter(clock.instant().plus(RETRY_MAX))) {
      reset = Optional.of(next);
      finish();
      wire().terminate();
    }
  }

  private boolean own(JsonNode properties) {
    return Json.text(properties, "sessionID").equals(session);
  }

  private void message(JsonNode info) {
    if (!named && own(info) && Json.text(info, "role").equals("assistant")) {
      named = true;
      started(session, Json.text(info, "modelID"));
    }
  }

  /** Parts come several times while they grow. */
  private void part(JsonNode part) {
    String id = Json.text(part, "id");
    switch (Json.text(part, "type")) {
      case "text" -> {
        if (part.path("time").has("end") && parts.add(id)) {
          emit(new AgentEvent.Said(Json.text(part, "text")));
        }
      }
      case "tool" -> tool(part, id);
      case "step-finish" -> {
        if (parts.add(id)) {
          used = used.plus(usage(part));
          emit(new AgentEvent.Used(used));
        }
      }
      default -> {}
    }
  }

  private void tool(JsonNode part, String id) {
    String status = Json.text(part.path("state"), "status");
    if (status.equals("running") && parts.add(id + "+")) {
      emit(
          new AgentEvent.ToolCalled(
              Json.text(part, "tool"), Json.detail(part.path("state").path("input"))));
    } else if ((status.equals("completed") || status.equals("error")) && parts.add(id)) {
      emit(new AgentEvent.ToolReturned(Json.text(part, "callID"), status.equals("error")));
    }
  }

  /** A step that cost nothing has a model whose price opencode doesn't know. */
  private static Usage usage(JsonNode step) {
    JsonNode t = step.path("tokens");
    Tokens tokens =
        new Tokens(
            Json.count(t, "input"),
            Json.count(t, "output") + Json.count(t, "reasoning"),
            Json.count(t.path("cache"), "read"),
            Json.count(t.path("cache"), "write"));
    BigDecimal dollars = step.path("cost").asDecimal(BigDecimal.ZERO).max(BigDecimal.ZERO);
    return new Usage(
        tokens,
        dollars.signum() > 0
            ? new Cost.Reported(Money.ofDollars(dollars))
            : new Cost.Unknown(Money.ZERO));
  }

  @Override
  protected boolean noise(JsonNode node) {
    String type = Json.text(node, "type");
    return type.endsWith(".delta") || type.startsWith("plugin.") || type.startsWith("session.diff");
  }

  @Override
  protected boolean steer(String message) {
    return working
        && post("/session/" + session + "/prompt_async", OpenCodeServer.prompt(message, model));
  }

  private boolean post(String path, Object body) {
    try {
      JsonNode _ = server.orElseThrow().post(path, body);
      return true;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  protected void release() {
    server.ifPresent(OpenCodeServer::close);
  }

  /** The server's own end says nothing: it was asked to go. */
  @Override
  protected Stop verdict(boolean unusedWell, int status) {
    if (compactions >= COMPACTIONS_MAX) {
      return new Stop.ContextFull();
    }
    if (reset.isPresent()) {
      return new Stop.RateLimited(reset.get());
    }
    if (error.isPresent()) {
      return of(error.get(), status);
    }
    return finished() ? new Stop.Ended() : new Stop.Crashed(status, failure + lastError());
  }

  private Stop of(JsonNode e, int exit) {
    JsonNode data = e.path("data");
    String text = Json.detail(data.path("message"));
    Instant now = clock.instant();
    return switch (Json.text(e, "name")) {
      case "ProviderAuthError" -> new Stop.Refused(text);
      case "ContextOverflowError" -> new Stop.ContextFull();
      case "MessageAbortedError" -> new Stop.Crashed(exit, "interrupted");
      case "MessageOutputLengthError" ->
          new Stop.Crashed(exit, "its answer was cut off at the length limit");
      default -> {
        long seconds = Json.count(data.path("responseHeaders"), "retry-after");
        Optional<Instant> reset =
            seconds > 0 ? Optional.of(now.plusSeconds(seconds)) : Optional.empty();
        yield ProviderError.stop(data.path("statusCode").asInt(0), text, reset, now);
      }
    };
  }

  @Override
  protected Usage usage() {
    return used;
  }
}

package dev.longe.agent;

import dev.longe.core.Stop;
import dev.longe.core.Usage;
import dev.longe.sandbox.Exit;
import dev.longe.sandbox.Output;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * What an agent prints, one JSON object a line, turned into events. Neither key order nor line
 * prefixes mean anything; a line that is no object is for the transcript. Used by the threads that
 * read the process and by those that steer it.
 */
public abstract class Protocol implements Output {
  private final Consumer<AgentEvent> events;
  private final AgentInput wire = new AgentInput();
  private String lastError = "";
  private boolean spoken;
  private boolean finished;
  private Runnable onFinish = () -> {};

  protected Protocol(Consumer<AgentEvent> events) {
    this.events = events;
  }

  /** One object that the agent printed. */
  protected abstract void take(JsonNode node);

  /**
   * What the end means, where the agent spoke its protocol.
   *
   * @param well whether the process ended as it should
   */
  protected abstract Stop verdict(boolean well, int status);

  /** What it used so far. */
  protected abstract Usage usage();

  /** What it must be able to read before anything came from it. */
  protected String opening() {
    return "";
  }

  /** Sends a message while it works; false if it takes none now. */
  protected boolean steer(String message) {
    return false;
  }

  /** A line of its standard output that is no object. */
  protected void prose(String line) {}

  /** The polite way to make it stop. */
  protected void interrupt() {
    wire.terminate();
  }

  /** Ends what it started besides the agent's own process. */
  protected void release() {}

  /** Lines that would only fill the transcript: partial texts that come whole later. */
  protected boolean noise(JsonNode node) {
    return false;
  }

  protected final AgentInput wire() {
    return wire;
  }

  protected final void emit(AgentEvent event) {
    events.accept(event);
  }

  protected final void started(String session, String model) {
    emit(new AgentEvent.Started(session, Optional.of(model).filter(m -> !m.isBlank())));
  }

  /** The agent's own terminal event came; nothing more is asked of it. */
  protected final void finish() {
    if (!finished) {
      finished = true;
      wire.close();
      onFinish.run();
    }
  }

  /** What to do once it has finished. */
  protected final synchronized void onFinish(Runnable action) {
    onFinish = action;
    if (finished) {
      action.run();
    }
  }

  protected final synchronized boolean finished() {
    return finished;
  }

  protected final synchronized String lastError() {
    return lastError;
  }

  @Override
  public final synchronized void line(String line) {
    Optional<JsonNode> node = Json.object(line);
    if (node.isEmpty()) {
      prose(line);
      errorLine(line);
      return;
    }
    spoken = true;
    take(node.get());
    if (!noise(node.get())) {
      emit(new AgentEvent.Raw(line));
    }
  }

  @Override
  public final synchronized void errorLine(String line) {
    emit(new AgentEvent.Raw(line));
    if (!line.isBlank()) {
      lastError = Json.detail(line);
    }
  }

  /** What the end means; a program without credentials may end before it speaks at all. */
  public final synchronized Stop stop(Exit exit, boolean lingered, Program program, Login login) {
    if (!spoken && login.state() == Login.State.NO) {
      return new Stop.Refused(
          "no credentials of %s were found: %s (it said: %s)"
              .formatted(program.name(), login.says(), lastError));
    }
    if (!spoken) {
      return new Stop.Crashed(exit.status(), program.silent(lastError));
    }
    return verdict(exit.ok() || lingered, exit.status());
  }
}

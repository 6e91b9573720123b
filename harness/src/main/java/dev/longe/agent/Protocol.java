package dev.longe.agent;

import dev.longe.core.Stop;
import dev.longe.core.Usage;
import dev.longe.sandbox.Exit;
import dev.longe.sandbox.Output;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * Turns an agent's output, one JSON object per line, into events. Key order and line prefixes have
 * no meaning. A line that is not an object goes to the transcript only. Used by the threads that
 * read the process's output and by those that send messages.
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

  /** Handles one object that the agent printed. */
  protected abstract void take(JsonNode node);

  /**
   * The stop that follows from the exit of an agent that spoke its protocol.
   *
   * @param well whether the process ended normally
   */
  protected abstract Stop verdict(boolean well, int status);

  /** Usage so far. */
  protected abstract Usage usage();

  /** Text that is sent before the agent prints anything. */
  protected String opening() {
    return "";
  }

  /** Sends a message to the working agent; false if the agent can't take one now. */
  protected boolean steer(String message) {
    return false;
  }

  /** Handles a line of standard output that is not an object. */
  protected void prose(String line) {}

  /** Asks the agent to stop. */
  protected void interrupt() {
    wire.terminate();
  }

  /** Releases resources that were started in addition to the agent's process. */
  protected void release() {}

  /**
   * Whether a line is left out of the transcript, such as partial text that later arrives complete.
   */
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

  /** Marks the agent's terminal event as received and closes the agent's input. */
  protected final void finish() {
    if (!finished) {
      finished = true;
      wire.close();
      onFinish.run();
    }
  }

  /**
   * Sets the action to run after the terminal event. Runs it now if the event was already received.
   */
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

  /**
   * The stop that follows from the exit. A program without credentials may exit before it prints
   * any protocol output.
   */
  public final synchronized Stop stop(Exit exit, boolean lingered, Program program, Login login) {
    if (!spoken && login.state() == Login.State.NO) {
      return new Stop.Refused(
          "no credentials for %s were found: %s (its output: %s)"
              .formatted(program.name(), login.says(), lastError));
    }
    if (!spoken) {
      return new Stop.Crashed(exit.status(), program.silent(lastError));
    }
    return verdict(exit.ok() || lingered, exit.status());
  }
}

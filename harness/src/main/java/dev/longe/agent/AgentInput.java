package dev.longe.agent;

import dev.longe.sandbox.RunningProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An agent's standard input. A message that is sent before the process is attached is queued.
 * Thread-safe.
 */
public final class AgentInput {
  private final List<String> waiting = new ArrayList<>();
  private Optional<RunningProcess> process = Optional.empty();
  private boolean closed;

  synchronized void attach(RunningProcess started) {
    process = Optional.of(started);
    waiting.forEach(started::send);
    if (closed) {
      started.closeInput();
    }
  }

  /** Sends one object as a JSON line; false if the input is closed. */
  public synchronized boolean send(Object message) {
    if (closed) {
      return false;
    }
    String line = Json.line(message);
    if (process.isEmpty()) {
      waiting.add(line);
      return true;
    }
    return process.get().send(line);
  }

  public synchronized void close() {
    closed = true;
    process.ifPresent(RunningProcess::closeInput);
  }

  /** Sends SIGTERM to the whole process tree. */
  public synchronized void terminate() {
    process.ifPresent(RunningProcess::terminate);
  }
}

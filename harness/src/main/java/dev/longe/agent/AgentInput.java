package dev.longe.agent;

import dev.longe.sandbox.RunningProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The way to an agent's standard input. A protocol may answer before the process is known here;
 * what it sends then waits. Safe for use by many threads.
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

  /** Sends one object as a line; false if the input is closed. */
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

  /** SIGTERM to the whole tree. */
  public synchronized void terminate() {
    process.ifPresent(RunningProcess::terminate);
  }
}

package dev.longe.agent;

import dev.longe.core.Stop;
import dev.longe.core.Usage;
import java.time.Duration;

/** A running attempt. Safe for use by many threads. */
public interface AgentRun {
  /** How it stopped and what it used in all. */
  record Ending(Stop stop, Usage usage) {}

  /** Waits for its end; then no process of it is alive. */
  Ending await();

  /** Sends a message while it works; false if that is not possible any more, or never was. */
  boolean steer(String message);

  /**
   * Ends it, politely first, and returns when nothing of it is alive; {@code why} becomes its stop.
   */
  void stop(Stop why);

  /** How long it has shown nothing. */
  Duration silence();

  /** Processor time that its living processes have used. */
  Duration processorTime();
}

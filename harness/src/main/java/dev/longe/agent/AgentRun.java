package dev.longe.agent;

import dev.longe.core.Stop;
import dev.longe.core.Usage;
import java.time.Duration;

/** A running attempt. Thread-safe. */
public interface AgentRun {
  /** How an attempt stopped and its total usage. */
  record Ending(Stop stop, Usage usage) {}

  /** Waits for the end of the attempt. After this, none of its processes is alive. */
  Ending await();

  /** Sends a message to the working agent; false if the agent can't take one. */
  boolean steer(String message);

  /**
   * Ends the attempt, first with a request to end and then by force. Returns when none of its
   * processes is alive. {@code why} becomes the attempt's stop.
   */
  void stop(Stop why);

  /** Time since the last output. */
  Duration silence();

  /** Processor time that the attempt's living processes have used. */
  Duration processorTime();
}

package dev.longe.engine;

import dev.longe.core.Stop;

/**
 * A running attempt, setup, check or landing, on this machine or another one. Only an attempt takes
 * messages.
 */
public interface Reachable {
  /** Sends a message to the agent; returns false if the agent has ended or takes no messages. */
  boolean steer(String message);

  /** Ends it; returns when none of its processes is alive. */
  void stop(Stop why);
}

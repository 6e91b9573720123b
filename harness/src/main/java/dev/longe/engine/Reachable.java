package dev.longe.engine;

import dev.longe.core.Stop;

/** A running attempt that takes messages, on this machine or another one. */
public interface Reachable {
  /** Sends a message to the agent; returns false if the agent has ended or takes no messages. */
  boolean steer(String message);

  /** Ends the attempt; returns when none of its processes is alive. */
  void stop(Stop why);
}

package dev.longe.engine;

import dev.longe.core.Stop;

/** A running attempt that can be told something, wherever it runs. */
public interface Reachable {
  /** Sends a message while it works; false if that is not possible any more, or never was. */
  boolean steer(String message);

  /** Ends it; returns when nothing of it is alive. */
  void stop(Stop why);
}

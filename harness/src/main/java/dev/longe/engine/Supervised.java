package dev.longe.engine;

import dev.longe.core.Event;
import dev.longe.core.TaskState;
import java.util.Optional;

/** The task of a running attempt, as its supervision sees it. */
public interface Supervised {
  TaskState state();

  /** Writes down what the attempt shows. */
  void append(Event... events);

  /** Takes what humans said since the last look; pause and stop end the attempt. */
  void takeWords(Optional<? extends Reachable> live);
}

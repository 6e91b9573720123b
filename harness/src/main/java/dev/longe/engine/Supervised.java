package dev.longe.engine;

import dev.longe.core.Event;
import dev.longe.core.TaskState;
import java.util.Optional;

/** The task of a running effect, as its supervision sees it. */
public interface Supervised {
  TaskState state();

  /** Appends events of an attempt to the journal. */
  void append(Event... events);

  /**
   * Takes the words that humans said since the last call. Pause, stop and discard end what runs.
   */
  void takeWords(Optional<? extends Reachable> live);
}

package dev.longe.testing;

import dev.longe.core.Event;
import dev.longe.core.TaskState;
import dev.longe.engine.Reachable;
import dev.longe.engine.Supervised;
import java.util.Optional;

/** A task loop to which no human says a word. */
public record Deaf(TaskState state) implements Supervised {
  @Override
  public void append(Event... events) {
    throw new AssertionError("only an attempt has events: " + events[0]);
  }

  @Override
  public void takeWords(Optional<? extends Reachable> live) {}
}

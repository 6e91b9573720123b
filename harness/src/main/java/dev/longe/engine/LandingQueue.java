package dev.longe.engine;

import dev.longe.core.TaskState;
import dev.longe.journal.Journal;
import java.util.List;

/** The order in which accepted changes land. */
final class LandingQueue {
  private LandingQueue() {}

  /** Tasks that were accepted earlier for the same target. Tasks with other checks land alone. */
  static List<TaskState> of(Journal journal, TaskState state) {
    return journal.search().accepted(state.submitted().source()).stream()
        .takeWhile(t -> !t.equals(state.id()))
        .map(journal::state)
        .filter(t -> t.accepted().filter(a -> !a.branchOnly()).isPresent())
        .filter(t ->
            t.loop().checks().equals(state.loop().checks())
                && t.loop().setup().equals(state.loop().setup())
                && t.loop().env().equals(state.loop().env()))
        .toList();
  }
}

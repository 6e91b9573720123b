package dev.longe.report;

import dev.longe.core.Decider;
import dev.longe.core.Decision;
import dev.longe.core.Event;
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.journal.Entry;
import java.util.ArrayList;
import java.util.List;

/**
 * A task decided again from its journal alone.
 *
 * @param same whether every decision came out as it was written down
 */
public record Replay(List<String> lines, boolean same) {
  public Replay {
    lines = List.copyOf(lines);
  }

  /** Replays a task's entries, all of them and in order. */
  public static Replay of(List<Entry> entries) {
    TaskId id = entries.getFirst().task();
    TaskState state = TaskState.of(id, List.of(entries.getFirst().event()));
    List<String> lines = new ArrayList<>();
    int differing = 0;
    for (Entry entry : entries.subList(1, entries.size())) {
      if (entry.event() instanceof Event.Decided written) {
        boolean equal =
            Decider.decide(state) instanceof Decision.Take again && again.decided().equals(written);
        differing += equal ? 0 : 1;
        lines.add(
            "%4d  %-9s %-18s %-28s %s"
                .formatted(
                    entry.n(),
                    written.move().word(),
                    written.reason().code(),
                    Prices.shown(written.price()),
                    equal ? "same" : "DIFFERS: now " + Decider.decide(state)));
      }
      state = state.after(entry.event());
    }
    lines.add(
        differing == 0
            ? lines.size() + " decisions, all the same from the journal alone."
            : differing + " of " + lines.size() + " decisions differ.");
    return new Replay(lines, differing == 0);
  }
}

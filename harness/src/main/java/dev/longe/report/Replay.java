package dev.longe.report;

import dev.longe.core.Decider;
import dev.longe.core.Decision;
import dev.longe.core.Event;
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.journal.JournalEntry;
import java.util.ArrayList;
import java.util.List;

/**
 * A task decided again from its journal alone.
 *
 * @param decisions in order
 * @param same whether every decision came out as it was written down
 */
public record Replay(List<Replay.Again> decisions, boolean same) {
  public Replay {
    decisions = List.copyOf(decisions);
  }

  /** A decision that was taken again; {@code now} is what came out where it differs. */
  public record Again(int n, String move, String reason, String price, boolean same, String now) {}

  /** For a person. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (Again a : decisions) {
      lines.add(
          "%4d  %-9s %-18s %-28s %s"
              .formatted(
                  a.n(),
                  a.move(),
                  a.reason(),
                  a.price(),
                  a.same() ? "same" : "DIFFERS: now " + a.now()));
    }
    long differing = decisions.stream().filter(a -> !a.same()).count();
    lines.add(
        differing == 0
            ? decisions.size() + " decisions, all the same from the journal alone."
            : differing + " of " + decisions.size() + " decisions differ.");
    return lines;
  }

  /** Replays a task's entries, all of them and in order. */
  public static Replay of(List<JournalEntry> entries) {
    TaskId id = entries.getFirst().task();
    TaskState state = TaskState.of(id, List.of(entries.getFirst().event()));
    List<Again> decisions = new ArrayList<>();
    for (JournalEntry entry : entries.subList(1, entries.size())) {
      if (entry.event() instanceof Event.Decided written) {
        Decision again = Decider.decide(state);
        boolean same = again.equals(new Decision.Take(written));
        decisions.add(
            new Again(
                entry.n(),
                written.move().word(),
                written.reason().code(),
                Prices.shown(written.price()),
                same,
                same ? "" : again.toString()));
      }
      state = state.after(entry.event());
    }
    return new Replay(decisions, decisions.stream().allMatch(Again::same));
  }
}

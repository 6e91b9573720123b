package dev.longe.report;

import dev.longe.core.Event;
import dev.longe.core.Reason;
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.core.Usage;
import dev.longe.core.policy.Decider;
import dev.longe.core.policy.Decision;
import dev.longe.journal.JournalEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A task's decisions, made again from its journal alone. Includes admissions.
 *
 * @param decisions in order
 * @param same whether every decision equals the recorded one
 */
public record Replay(List<Replay.Again> decisions, boolean same) {
  public Replay {
    decisions = List.copyOf(decisions);
  }

  /**
   * A decision that was made again. {@code now} is the new decision if it differs, otherwise empty.
   */
  public record Again(int n, String move, String reason, String price, boolean same, String now) {}

  /**
   * The compared parts of a decision. Texts are not compared, because their wording can differ
   * between releases.
   *
   * @param move the name of a move, {@code start} or {@code defer}
   * @param rung the step of the loop's moves that it uses
   * @param agent index of the agent that works next
   */
  private record Essence(
      String move,
      Reason reason,
      Optional<Integer> rung,
      int agent,
      Optional<Instant> until,
      Usage price) {}

  /** The replay as lines for a person. */
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
            ? decisions.size() + " decisions, all equal to the recorded ones."
            : differing + " of " + decisions.size() + " decisions differ from the recorded ones.");
    return lines;
  }

  /** Replays a task from all of its entries, in order. */
  public static Replay of(List<JournalEntry> entries) {
    TaskId id = entries.getFirst().task();
    TaskState state = TaskState.of(id, List.of(entries.getFirst().event()));
    List<Again> decisions = new ArrayList<>();
    for (JournalEntry entry : entries.subList(1, entries.size())) {
      TaskState before = state;
      TaskState after = state.after(entry.event());
      written(before, after, entry.event())
          .ifPresent(essence -> decisions.add(again(entry.n(), before, essence)));
      state = after;
    }
    return new Replay(decisions, decisions.stream().allMatch(Again::same));
  }

  private static Again again(int n, TaskState before, Essence written) {
    Decision decision = Decider.decide(before, before.policy());
    boolean same = taken(before, decision).equals(Optional.of(written));
    return new Again(
        n,
        written.move(),
        written.reason().code(),
        Prices.shown(written.price()),
        same,
        same ? "" : decision.toString());
  }

  /** The decision that an event of the journal contains or implies; empty if there is none. */
  private static Optional<Essence> written(TaskState before, TaskState after, Event event) {
    if (event instanceof Event.Decided d) {
      return Optional.of(decided(d, after));
    }
    if (event instanceof Event.Deferred d && covered(before)) {
      return Optional.of(deferred(d, before));
    }
    if (event instanceof Event.AttemptStarted a && covered(before)) {
      return Optional.of(started(before.pending().orElseThrow().reason(), a.agent(), before));
    }
    return Optional.empty();
  }

  /**
   * Whether the journal holds enough to replay. Release 0.1.0 recorded neither its policy nor its
   * admission requests.
   */
  private static boolean covered(TaskState before) {
    return before.admission().isPresent() || before.policySet().isPresent();
  }

  private static Optional<Essence> taken(TaskState before, Decision decision) {
    return switch (decision) {
      case Decision.Take t -> Optional.of(decided(t.decided(), before.after(t.decided())));
      case Decision.Defer d -> Optional.of(deferred(d.deferred(), before));
      case Decision.Start s -> Optional.of(started(s.reason(), s.agent(), before));
      case Decision.Claim _,
          Decision.Prepare _,
          Decision.CheckBase _,
          Decision.Admit _,
          Decision.Snapshot _,
          Decision.Check _,
          Decision.Land _,
          Decision.Rest _ ->
          Optional.empty();
    };
  }

  private static Essence decided(Event.Decided d, TaskState after) {
    return new Essence(
        d.move().word(), d.reason(), d.rung(), after.agentIndex(), d.until(), d.price());
  }

  private static Essence deferred(Event.Deferred d, TaskState before) {
    return new Essence(
        "defer",
        d.reason(),
        Optional.empty(),
        before.agentIndex(),
        Optional.of(d.until()),
        before.spent());
  }

  private static Essence started(Reason reason, int agent, TaskState before) {
    return new Essence("start", reason, Optional.empty(), agent, Optional.empty(), before.spent());
  }
}

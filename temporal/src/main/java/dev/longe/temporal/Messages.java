package dev.longe.temporal;

import dev.longe.core.Candidate;
import dev.longe.core.Event;
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.journal.TimedEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What goes between a task's workflow and the machines. */
public final class Messages {
  private Messages() {}

  /**
   * A session that left its machine.
   *
   * @param session the agent's own name of it
   * @param candidate of which attempt's end it is
   */
  public record Shipped(String session, int candidate) {}

  /**
   * All that a run of a task's workflow begins with.
   *
   * @param generation of the last claim
   * @param last the machine of the last claim
   * @param home where the task's session and trees are; empty once they are to go elsewhere
   */
  public record Carried(
      TaskId task,
      List<TimedEvent> told,
      long generation,
      Optional<String> last,
      Optional<String> home,
      Optional<Shipped> shipped) {
    public Carried {
      told = List.copyOf(told);
    }
  }

  /** Which effect of which task a machine shall carry out, under which claim. */
  public record Job(
      TaskId task, long generation, List<TimedEvent> told, Optional<Shipped> shipped) {
    public Job {
      told = List.copyOf(told);
    }

    TaskState state() {
      return TaskState.of(task, told.stream().map(TimedEvent::event).toList());
    }
  }

  /** A candidate that is safe at the shared repository, with the session if that is. */
  public record Saved(Candidate candidate, Optional<Shipped> shipped) {}

  /**
   * What an attempt showed; while it runs, what its heartbeats carry.
   *
   * @param at when
   * @param leaving whether the machine gives the task up after it
   */
  public record Shown(List<Event> events, Instant at, boolean leaving) {
    public Shown {
      events = List.copyOf(events);
    }
  }
}

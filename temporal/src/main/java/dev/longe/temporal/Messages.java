package dev.longe.temporal;

import dev.longe.core.Candidate;
import dev.longe.core.Event;
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.journal.TimedEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Messages between a task's workflow and the machines. */
public final class Messages {
  private Messages() {}

  /**
   * A session that is saved in the shared repository.
   *
   * @param session the agent's name for it
   * @param candidate the number of the attempt at whose end it was saved
   */
  public record Shipped(String session, int candidate) {}

  /**
   * The input of a run of a task's workflow.
   *
   * @param generation of the last claim
   * @param last the machine of the last claim
   * @param home the machine that has the task's session and trees; empty if they are to move to
   *     another one
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

  /** The task for which a machine is to run an effect, and the claim. */
  public record Job(
      TaskId task, long generation, List<TimedEvent> told, Optional<Shipped> shipped) {
    public Job {
      told = List.copyOf(told);
    }

    TaskState state() {
      return TaskState.of(task, told.stream().map(TimedEvent::event).toList());
    }
  }

  /** A candidate that is saved in the shared repository, and its session if that was saved too. */
  public record Saved(Candidate candidate, Optional<Shipped> shipped) {}

  /**
   * The events of an attempt. Heartbeats carry them while it runs.
   *
   * @param at the time of this message
   * @param leaving whether the machine gives the task up afterwards
   */
  public record AttemptEvents(List<Event> events, Instant at, boolean leaving) {
    public AttemptEvents {
      events = List.copyOf(events);
    }
  }
}

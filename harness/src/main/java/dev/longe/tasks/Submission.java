package dev.longe.tasks;

import dev.longe.core.TaskId;
import dev.longe.intake.InvalidInput;
import dev.longe.intake.Problem;
import java.util.List;

/** The result of a {@link TaskRequest}. */
public sealed interface Submission {
  /** Other things that the user should know. */
  List<Note> notes();

  /**
   * The id of the new task.
   *
   * @throws InvalidInput with all problems, if the request was refused
   */
  TaskId accepted();

  /** The task is in the queue. */
  record Queued(TaskId task, List<Note> notes) implements Submission {
    public Queued {
      notes = List.copyOf(notes);
    }

    @Override
    public TaskId accepted() {
      return task;
    }
  }

  /**
   * The request can't be carried out; nothing was changed.
   *
   * @param problems all its problems, at least one
   */
  record Refused(List<Problem> problems, List<Note> notes) implements Submission {
    public Refused {
      problems = List.copyOf(problems);
      notes = List.copyOf(notes);
    }

    @Override
    public TaskId accepted() {
      throw new InvalidInput(problems);
    }
  }
}

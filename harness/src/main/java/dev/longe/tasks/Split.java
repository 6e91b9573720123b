package dev.longe.tasks;

import dev.longe.core.Event;
import dev.longe.core.Source;
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.review.CandidateChange;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Makes a part of a change a separate task. A ref keeps the commit that has the part. */
final class Split {
  private final JournaledTasks tasks;
  private final TaskState task;
  private final CandidateChange change;

  /**
   * @param task as {@link Tasks#state} returns it, with its repository on this machine
   * @param change its newest candidate
   */
  Split(JournaledTasks tasks, TaskState task, CandidateChange change) {
    this.tasks = tasks;
    this.task = task;
    this.change = change;
  }

  /**
   * Puts a task that continues with these files into the queue.
   *
   * @return its id
   */
  TaskId rest(List<String> paths) {
    String text =
        """
        Carry on with a part of an earlier change that was split off from task %s.
        The part is the change of these paths in commit %s against %s: %s
        «git diff %s %s -- PATH» shows it. Bring it in as far as it is right.

        What the earlier task was about:
        %s\
        """
            .formatted(
                task.id(),
                change.candidate().id(),
                change.base().id(),
                String.join(", ", paths),
                change.base().id(),
                change.candidate().id(),
                task.submitted().text());
    Source shared = tasks.recorded(task.id()).submitted().source();
    return tasks.queue(
        tasks.installation().repository(Path.of(task.submitted().source().repository())),
        new Event.Submitted(text, shared, task.loop()),
        task.frame(),
        List.of(),
        Map.of("split", change.candidate()));
  }
}

package dev.longe.tasks;

import dev.longe.core.Event;
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.review.CandidateChange;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Makes a part of a change a task of its own; the part stays where it is, under a ref. */
final class Split {
  private final Tasks tasks;
  private final TaskState task;
  private final CandidateChange change;

  Split(Tasks tasks, TaskState task, CandidateChange change) {
    this.tasks = tasks;
    this.task = task;
    this.change = change;
  }

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
    Event.Submitted submitted = new Event.Submitted(text, task.submitted().source(), task.loop());
    return tasks.queue(
        tasks.installation().repository(Path.of(task.submitted().source().repository())),
        submitted,
        task.frame(),
        List.of(),
        Map.of("split", change.candidate()));
  }
}

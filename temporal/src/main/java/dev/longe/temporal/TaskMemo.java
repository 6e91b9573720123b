package dev.longe.temporal;

import dev.longe.core.Cost;
import dev.longe.core.Money;
import dev.longe.core.Reason;
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.core.Text;
import dev.longe.journal.TaskRow;
import dev.longe.tasks.RemoteEngine;
import java.util.Optional;

/**
 * The data that a list shows of a task, stored as a memo of its workflow. The server returns it
 * with its lists.
 */
final class TaskMemo {
  static final String MEMO = "task";

  private static final int TITLE_CHARS = 100;

  private TaskMemo() {}

  /** The memo. */
  record Summary(
      String state,
      Optional<String> reason,
      String waits,
      int attempts,
      Money known,
      boolean costUnknown,
      String title,
      int events) {}

  static Summary of(TaskState s, String waits, int events) {
    Cost cost = s.spent().cost();
    return new Summary(
        s.state().word(),
        s.reason().map(Reason::code),
        waits,
        s.attempts().size(),
        cost.known(),
        cost instanceof Cost.Unknown,
        Text.clip(Text.firstLine(s.submitted().text()), TITLE_CHARS),
        events);
  }

  static RemoteEngine.Listed listed(TaskId task, Summary s, String waits) {
    TaskRow row =
        new TaskRow(
            task,
            s.state(),
            s.reason(),
            waits,
            s.attempts(),
            s.known(),
            s.costUnknown(),
            s.title(),
            Optional.empty());
    return new RemoteEngine.Listed(row, s.events());
  }
}

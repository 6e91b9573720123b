package dev.longe.journal;

import dev.longe.core.Event;
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** A process that appends and tells of every event that is durable, until it is killed. */
public final class AppendForever {
  private AppendForever() {}

  /** The journal's directory is the one argument. */
  public static void main(String[] arguments) {
    InstantSource clock = InstantSource.system();
    try (Journal journal = Journal.open(Path.of(arguments[0]), o -> o.equals("child"), () -> {})) {
      TaskState task =
          journal.submit(Lives.submitted(), () -> new TaskId("abcde"), clock.instant());
      Lease lease = journal.lease(task.id(), "child", new Slots(1, Map.of())).orElseThrow();
      for (int i = 1; i < 1_000_000; i++) {
        task = journal.append(lease, task, clock.instant(), List.of(new Event.Claimed(1, "n" + i)));
        System.out.println(i);
      }
    }
  }
}

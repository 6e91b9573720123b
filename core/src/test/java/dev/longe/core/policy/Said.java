package dev.longe.core.policy;

import dev.longe.core.Event;
import dev.longe.core.TaskState;
import java.util.Optional;

/** What a human says who looks at the task's present candidate. */
final class Said {
  private static final String ADA = "Ada <ada@example.org>";

  private Said() {}

  static Event.Accepted accepted(TaskState s) {
    return new Event.Accepted(ADA, false, s.candidateCommit(), Optional.empty());
  }

  static Event.Rejected rejected(TaskState s, String because) {
    return new Event.Rejected(because, s.candidateCommit());
  }

  static Event.Answered answered(TaskState s, String text) {
    return new Event.Answered(text, s.candidateCommit());
  }

  static Event.TakenOver takenOver(TaskState s) {
    return new Event.TakenOver(ADA, s.candidateCommit());
  }

  static Event.Discarded discarded(TaskState s) {
    return new Event.Discarded(s.candidateCommit());
  }
}

package dev.longe.core.policy;

import dev.longe.core.Event;
import dev.longe.core.Insight;
import dev.longe.core.TaskState;
import dev.longe.core.Tier;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a human says who looks at the task's present candidate. */
final class Said {
  private static final String ADA = "Ada <ada@example.org>";

  private Said() {}

  static Event.Accepted accepted(TaskState s) {
    return accepted(s, Tier.LOW, Insight.Kind.REVIEWED);
  }

  /** Accepted after a review in which the human did this. */
  static Event.Accepted accepted(TaskState s, Tier tier, Insight.Kind... did) {
    List<Insight> insights = Stream.of(did).map(kind -> new Insight(kind, "so")).toList();
    Event.Reviewed review =
        new Event.Reviewed(s.attempts().size(), ADA, tier, insights, Duration.ofMinutes(1), 3);
    return new Event.Accepted(ADA, false, s.candidateCommit(), Optional.of(review));
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

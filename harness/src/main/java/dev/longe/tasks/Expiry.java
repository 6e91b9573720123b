package dev.longe.tasks;

import dev.longe.core.Event;
import dev.longe.core.Mode;
import dev.longe.core.State;
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.journal.Journal;
import dev.longe.journal.JournalEntry;
import java.time.Duration;
import java.time.Instant;

/** Discards old explorations. */
final class Expiry {
  /** Own choice: two weeks. */
  static final Duration AFTER = Duration.ofDays(14);

  private Expiry() {}

  /** Posts a discarding word to every exploration that has had its findings for that long. */
  static void sweep(Journal journal, Instant now) {
    for (TaskId id : journal.search().in(State.PROPOSED)) {
      TaskState task = journal.state(id);
      if (task.loop().mode() == Mode.EXPLORE && journal.inbox().open(id).isEmpty()) {
        Instant since =
            journal.entries(id).stream()
                .map(JournalEntry::at)
                .reduce((_, later) -> later)
                .orElseThrow();
        if (since.plus(AFTER).isBefore(now)) {
          journal.inbox().post(id, new Event.Discarded(task.candidateCommit()), now);
        }
      }
    }
  }
}

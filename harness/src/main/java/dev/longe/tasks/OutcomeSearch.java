package dev.longe.tasks;

import dev.longe.core.Cost;
import dev.longe.core.Event;
import dev.longe.core.Insight;
import dev.longe.core.Money;
import dev.longe.core.State;
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.journal.JournalEntry;
import dev.longe.journal.TaskRow;
import dev.longe.review.OutcomeFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks up the outcomes of landed changes, and records new ones. */
final class OutcomeSearch {
  /** How long after its landing a change is looked for in the history; own choice. */
  private static final Duration LOOK_BACK = Duration.ofDays(90);

  private final JournaledTasks tasks;

  OutcomeSearch(JournaledTasks tasks) {
    this.tasks = tasks;
  }

  OutcomeReport report() {
    List<OutcomeReport.LandedChange> changes = new ArrayList<>();
    Cost spent = new Cost.Reported(Money.ZERO);
    int rejections = 0;
    for (TaskRow row : tasks.rows()) {
      TaskId id = row.id();
      TaskState task = tasks.state(id);
      spent = spent.plus(task.spent().cost());
      List<JournalEntry> entries = tasks.entries(id);
      rejections += (int) entries.stream().filter(e -> e.event() instanceof Event.Rejected).count();
      if (task.state() == State.LANDED) {
        changes.add(change(task, entries));
      }
    }
    return new OutcomeReport(changes, spent, rejections);
  }

  private OutcomeReport.LandedChange change(TaskState task, List<JournalEntry> entries) {
    Instant landed =
        entries.stream()
            .filter(e -> e.event() instanceof Event.Landed)
            .map(JournalEntry::at)
            .findFirst()
            .orElseThrow();
    List<Event.Outcome> outcomes = new ArrayList<>(task.outcomes());
    found(task, landed)
        .ifPresent(o -> {
          tasks.record(task.id(), o);
          outcomes.add(o);
        });
    Duration reviewed =
        task.reviews().stream().map(Event.Reviewed::took).reduce(Duration.ZERO, Duration::plus);
    boolean waived =
        task.reviews().stream()
            .flatMap(r -> r.insights().stream())
            .anyMatch(i -> i.kind() == Insight.Kind.WAIVED);
    Optional<Event.Outcome.Fate> fate =
        outcomes.isEmpty() ? Optional.empty() : Optional.of(outcomes.getLast().fate());
    return new OutcomeReport.LandedChange(task, landed, reviewed, waived, fate);
  }

  private Optional<Event.Outcome> found(TaskState task, Instant landed) {
    Instant now = tasks.installation().clock().instant();
    Path repository = Path.of(task.submitted().source().repository());
    return landed.isAfter(now.minus(LOOK_BACK)) && Files.isDirectory(repository)
        ? OutcomeFinder.of(tasks.installation().repository(repository), task, landed)
        : Optional.empty();
  }
}

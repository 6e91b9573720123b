package dev.longe.tasks;

import dev.longe.core.Commit;
import dev.longe.core.Event;
import dev.longe.core.HumanWord;
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.core.Tier;
import dev.longe.effects.Installation;
import dev.longe.effects.Spectator;
import dev.longe.journal.Journal;
import dev.longe.journal.JournalEntry;
import dev.longe.journal.TaskRow;
import dev.longe.review.Dossier;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Reading from a journal on this machine, which the kind of engine keeps up to date. The journal is
 * opened by the first who needs it.
 */
abstract sealed class JournaledTasks implements Tasks permits LocalTasks, RemoteTasks {
  private static final long LOOK_MILLIS = 50;

  private final Installation installation;
  private Optional<Journal> journal = Optional.empty();

  JournaledTasks(Installation installation) {
    this.installation = installation;
  }

  abstract Journal open();

  /** Brings what is known here of a task up to date. */
  abstract void refresh(TaskId task);

  /** Brings what is known here of all tasks up to date. */
  abstract void refreshAll();

  @Override
  public final Installation installation() {
    return installation;
  }

  final synchronized Journal journal() {
    if (journal.isEmpty()) {
      journal = Optional.of(open());
    }
    return journal.get();
  }

  final synchronized Optional<Journal> opened() {
    return journal;
  }

  @Override
  public final List<TaskRow> rows() {
    refreshAll();
    return journal().rows();
  }

  @Override
  public final TaskRow row(TaskId task) {
    refresh(task);
    return journal().row(task);
  }

  @Override
  public final TaskState recorded(TaskId task) {
    refresh(task);
    return journal().state(task);
  }

  @Override
  public final List<JournalEntry> entriesAfter(TaskId task, int n) {
    refresh(task);
    return journal().entriesAfter(task, n);
  }

  @Override
  public final List<JournalEntry> since(long seq, int max) {
    refreshAll();
    return journal().search().since(seq, max);
  }

  /** Says a word that no rule of this side refuses. */
  abstract WordResult pass(TaskId task, Event.Word word);

  @Override
  public final WordResult say(TaskId task, Event.Word word) {
    if (word instanceof Event.Accepted yes) {
      TaskState now = state(task);
      Optional<String> refusal = AcceptanceGate.refusal(now, yes, () -> dossier(now));
      if (refusal.isPresent()) {
        return new WordResult.Refused(refusal.get());
      }
    }
    WordResult result = pass(task, word);
    LastShown.forget(installation.home(), recorded(task));
    return result;
  }

  @Override
  public final Acceptance accept(TaskId task, Path directory, Acceptance.Request request) {
    TaskState now = state(task);
    String by = reviewer(now, directory);
    Optional<Commit> saw = lastShown(now);
    Dossier dossier = dossier(now);
    Optional<Event.Reviewed> review =
        AcceptanceGate.reviewed(now)
            ? Optional.empty()
            : Optional.of(AcceptanceGate.unread(now, by, dossier, request.waiver()));
    Event.Accepted word = new Event.Accepted(by, request.branchOnly(), saw, review);
    Optional<String> refusal = HumanWord.refusal(now, word);
    if (refusal.isPresent()) {
      return new Acceptance.Said(new WordResult.Refused(refusal.get()));
    }
    boolean unwaived = dossier.tier() == Tier.HIGH && request.waiver().isEmpty();
    return review.isPresent() && unwaived
        ? new Acceptance.NeedsReview(dossier.tierReasons())
        : new Acceptance.Said(say(task, word));
  }

  /** Lands a task, or waits until somebody else did. */
  abstract TaskState awaitLanding(TaskId task, Spectator spectator);

  @Override
  public final TaskState land(TaskId task, Spectator spectator) {
    TaskState after = awaitLanding(task, spectator);
    LastShown.forget(installation.home(), after);
    return after;
  }

  @Override
  public final TaskReview review(TaskId task, Path directory) {
    TaskState now = state(task);
    TaskReview review = new TaskReview(this, now, directory);
    shown(now);
    return review;
  }

  @Override
  public final Dossier dossier(TaskState task) {
    return Dossiers.of(installation, task);
  }

  @Override
  public final void shown(TaskState task) {
    LastShown.note(installation.home(), task);
  }

  @Override
  public final Optional<Commit> lastShown(TaskState task) {
    return LastShown.of(installation.home(), task);
  }

  /** A new id for a task. */
  static TaskId newId() {
    SecureRandom random = new SecureRandom();
    StringBuilder id = new StringBuilder();
    random
        .ints(TaskId.LENGTH, 0, TaskId.ALPHABET.length())
        .forEach(i -> id.append(TaskId.ALPHABET.charAt(i)));
    return new TaskId(id.toString());
  }

  /** Waits until {@code done}, looking at it again and again. */
  static void await(BooleanSupplier done) {
    while (!done.getAsBoolean()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS));
    }
  }
}

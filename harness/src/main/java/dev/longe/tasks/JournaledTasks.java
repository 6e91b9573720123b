package dev.longe.tasks;

import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.effects.Installation;
import dev.longe.journal.Journal;
import dev.longe.journal.JournalEntry;
import dev.longe.journal.TaskRow;
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

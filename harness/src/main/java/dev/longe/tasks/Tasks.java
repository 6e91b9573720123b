package dev.longe.tasks;

import dev.longe.core.Commit;
import dev.longe.core.Event;
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.effects.Installation;
import dev.longe.effects.Spectator;
import dev.longe.intake.InvalidInput;
import dev.longe.journal.JournalEntry;
import dev.longe.journal.TaskRow;
import dev.longe.review.Dossier;
import dev.longe.workspace.Repository;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a user interface may ask of Longe. The tasks are those of this machine's engine or of a
 * remote one; a client does not need to know which. Safe for use by many threads. Every method may
 * throw a {@link dev.longe.core.Fault} when the journal or the engine can't be used.
 */
public sealed interface Tasks extends AutoCloseable permits JournaledTasks {

  /**
   * The tasks of the engine that {@code LONGE_ENGINE} names, of this machine where it names none.
   * Nothing is opened or reached before it is needed.
   */
  static Tasks of(Installation installation) {
    String address = installation.environment().all().getOrDefault("LONGE_ENGINE", "");
    return address.isBlank() || address.equals("embedded")
        ? new LocalTasks(installation)
        : new RemoteTasks(installation, address);
  }

  /** The installation through which the tasks are reached. */
  Installation installation();

  /** The remote engine that works on the tasks; empty where this machine does. */
  Optional<RemoteTasks> remote();

  /** Ids of tasks that begin with {@code prefix}, ten at most. */
  List<TaskId> idsLike(String prefix);

  /**
   * The one task whose id begins with {@code prefix}.
   *
   * @throws InvalidInput if there is none, or more than one
   */
  default TaskId find(String prefix) {
    List<TaskId> found = idsLike(prefix);
    if (found.isEmpty()) {
      throw InvalidInput.option("TASK", "there is no task «" + prefix + "»; «longe ls» shows all");
    }
    if (found.size() > 1) {
      throw InvalidInput.option("TASK", "«" + prefix + "» fits several tasks: " + found);
    }
    return found.getFirst();
  }

  /**
   * Tasks as a short list shows them, the oldest first; their rows have no details.
   *
   * @param closedToo whether landed and discarded tasks are listed
   */
  List<TaskRow> list(boolean closedToo);

  /** All tasks with details, the oldest first. */
  List<TaskRow> rows();

  /** The row of a task, with details. */
  TaskRow row(TaskId task);

  /** A task as it is now; its repository is the one on this machine. */
  TaskState state(TaskId task);

  /** A task as its journal has it; its repository may be elsewhere. */
  TaskState recorded(TaskId task);

  /** What happened to a task after its {@code n}-th event, in order. */
  List<JournalEntry> entriesAfter(TaskId task, int n);

  /** All that happened to a task, in order. */
  default List<JournalEntry> entries(TaskId task) {
    return entriesAfter(task, 0);
  }

  /**
   * What happened to all tasks after the event with number {@code seq}, in order. A client that
   * remembers the number of the last event it has seen misses none and sees none twice.
   *
   * @param seq 0 for the beginning
   * @param max how many events are returned at most
   */
  List<JournalEntry> since(long seq, int max);

  /**
   * Says a human's word to a task. When this returns, the word is in the task's journal, or it was
   * refused and changed nothing. Whoever works on the task takes it; where nobody does, this
   * process takes it, and leaves the work that follows to {@link #work} or to a {@code serve}. An
   * acceptance is refused if its review is missing or is not what the change's tier asks for.
   */
  WordResult say(TaskId task, Event.Word word);

  /**
   * Accepts, without a review session, the candidate that the human was shown last. What stands in
   * for the review is a waiver, unless the same attempt was reviewed before.
   *
   * @param directory where the user stands, see {@link #reviewer}
   * @throws InvalidInput if git does not know who the user is
   */
  Acceptance accept(TaskId task, Path directory, Acceptance.Request request);

  /**
   * Opens a review of a task; its newest candidate counts as shown.
   *
   * @param directory where the user stands, see {@link #reviewer}
   */
  TaskReview review(TaskId task, Path directory);

  /**
   * On what a human decides about a task.
   *
   * @param task as {@link #state} returns it
   */
  Dossier dossier(TaskState task);

  /** Notes that a human at this installation was shown the newest candidate of a task. */
  void shown(TaskState task);

  /** The candidate that was shown here last; the newest one where none was shown. */
  Optional<Commit> lastShown(TaskState task);

  /**
   * Works on a task until the next word is a human's; watches it where somebody else works on it.
   *
   * @return the task as it is then
   */
  TaskState work(TaskId task, Spectator spectator);

  /**
   * Lands an accepted candidate, or waits until somebody else did; does nothing to other tasks.
   *
   * @return the task as it is then: landed, or proposed with the reason in its note
   */
  TaskState land(TaskId task, Spectator spectator);

  /** Whether somebody works on a task, or will, without this process. */
  boolean served(TaskId task);

  /** Whether there is something to do for a task that needs no human. */
  boolean ready(TaskId task);

  /** The name under which the user reviews a task: {@code Name <address>}. */
  String reviewer(TaskState task, Path directory);

  /** The directory in which a task's agent works, where it is on this machine. */
  Optional<Path> agentTree(TaskState task);

  /** Whether agents and checks run the programs of this machine. */
  boolean runsHere();

  /**
   * Puts a task that was found good into the queue.
   *
   * @param submitted its repository is {@code repository}, on this machine
   * @param labels what the machine that works on it must offer
   * @param besides commits that it needs besides its base, by name
   * @throws InvalidInput if the engine can't take such a task
   */
  TaskId queue(
      Repository repository,
      Event.Submitted submitted,
      Event.Framed frame,
      List<String> labels,
      Map<String, Commit> besides);

  /** Tells the engine that a branch of the repository on this machine was moved for a task. */
  void branchMoved(TaskState task, String ref, Commit from, Commit to);

  @Override
  void close();
}

package dev.longe.tasks;

import dev.longe.core.Event;
import dev.longe.core.Limits;
import dev.longe.core.State;
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.effects.Installation;
import dev.longe.effects.SetupProgress;
import dev.longe.effects.Spectator;
import dev.longe.intake.InvalidInput;
import dev.longe.journal.JournalEntry;
import dev.longe.journal.TaskRow;
import dev.longe.review.Dossier;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The interface of Longe for user interfaces. The tasks are those of this machine's engine or of a
 * remote one; a client does not need to know which. Safe for use by many threads. Every method may
 * throw a {@link dev.longe.core.Fault} when the journal or the engine can't be used.
 */
public sealed interface Tasks extends AutoCloseable permits JournaledTasks {

  /**
   * The tasks of the engine that {@code LONGE_ENGINE} names, or of this machine if it is not set.
   * Nothing is opened or connected before it is needed.
   */
  static Tasks of(Installation installation) {
    String address = installation.environment().all().getOrDefault("LONGE_ENGINE", "");
    return address.isBlank() || address.equals("embedded")
        ? new LocalTasks(installation)
        : new RemoteTasks(installation, address);
  }

  /** The installation through which the tasks are reached. */
  Installation installation();

  /** The remote engine that works on the tasks; empty if this machine does. */
  Optional<RemoteTasks> remote();

  /**
   * The remote engine, for what only such an engine has: machines and workers.
   *
   * @throws InvalidInput if {@code LONGE_ENGINE} names none
   */
  default RemoteTasks team() {
    return remote()
        .orElseThrow(() ->
            InvalidInput.option(
                "LONGE_ENGINE", "is not set; set it to temporal://HOST:PORT/NAMESPACE"));
  }

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
      throw InvalidInput.option(
          "TASK", "there is no task «" + prefix + "»; «longe ls -a» lists all");
    }
    if (found.size() > 1) {
      throw InvalidInput.option("TASK", "«" + prefix + "» matches several tasks: " + found);
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

  /** The tasks that wait for a human's decision, the oldest first. */
  List<TaskId> waitingForHuman();

  /** The row of a task, with details. */
  TaskRow row(TaskId task);

  /** A task as it is now; its repository is the one on this machine. */
  TaskState state(TaskId task);

  /** A task as its journal has it; its repository may be on another machine. */
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
   * refused and changed nothing. The process that works on the task takes the word. If there is
   * none, this process takes it and leaves the work that follows to {@link #work} or to a {@code
   * serve}. An acceptance is refused if its review is missing or is not what the change's tier
   * requires.
   *
   * @throws dev.longe.core.NotHuman if this process belongs to an attempt or a check
   */
  WordResult say(TaskId task, Event.Word word);

  /** What a stop can't promise where the tasks run, for people; empty if it is not known here. */
  Optional<String> stopCaveat();

  /**
   * Continues a waiting, paused or stopped task under new limits, or a task whose process has
   * ended. The latter continues by itself: no word is recorded if {@code raise} changes nothing.
   */
  WordResult resume(TaskId task, Limits.Raise raise);

  /**
   * Answers a task's question. This decision and those below are made without a review session.
   * They name the candidate that a human at this installation was shown last, or the newest one if
   * none was shown; they are refused if the task has another candidate by then.
   *
   * @param text not blank
   */
  WordResult answer(TaskId task, String text);

  /**
   * Sends the candidate back to the agent.
   *
   * @param because what is wrong with it; not blank
   */
  WordResult reject(TaskId task, String because);

  /** Discards a task and its work. */
  WordResult discard(TaskId task);

  /**
   * Accepts the candidate. A waiver replaces the review, unless the same attempt was reviewed
   * before as its tier requires.
   *
   * @param directory the user's current directory, see {@link #reviewer}
   * @throws InvalidInput if git does not know who the user is
   */
  Acceptance accept(TaskId task, Path directory, Acceptance.Request request);

  /**
   * Opens a review of a task; its newest candidate counts as shown.
   *
   * @param directory the user's current directory, see {@link #reviewer}
   */
  TaskReview review(TaskId task, Path directory);

  /**
   * The information that a human needs to decide about a task.
   *
   * @param task as {@link #state} returns it
   */
  Dossier dossier(TaskState task);

  /**
   * The recorded output of one run of a check.
   *
   * @param task as {@link #state} returns it
   * @param receipt the id of its receipt, as the dossier shows it
   * @param lines receives each line, with control characters made visible
   * @throws InvalidInput if there is no such receipt
   */
  default void receipt(TaskState task, String receipt, Consumer<String> lines) {
    new ReceiptOutput(installation().home(), task.id()).print(receipt, lines);
  }

  /** The setup of a task that runs now on this machine. */
  default Optional<SetupProgress> setup(TaskId task) {
    return SetupProgress.of(installation().home(), installation().owners(), task);
  }

  /**
   * The recorded transcript of one attempt: the prompt, then what the agent printed.
   *
   * @param task as {@link #state} returns it
   * @param lines receives each line, with control characters made visible
   * @throws InvalidInput if there is no such transcript on this machine
   */
  default void transcript(TaskState task, int attempt, Consumer<String> lines) {
    new ReceiptOutput(installation().home(), task.id()).transcript(attempt, lines);
  }

  /**
   * Notes that a human at this installation was shown the newest candidate of a task. Does nothing
   * in a process of an attempt or a check: no human sees what it prints.
   */
  void shown(TaskState task);

  /**
   * Works on a task until it needs a human; only watches it if another process works on it.
   *
   * @return the task as it is then
   */
  TaskState work(TaskId task, Spectator spectator);

  /**
   * Lands an accepted candidate, or waits until another process has landed it; does nothing to
   * other tasks.
   *
   * @return the task as it is then: landed, or proposed with the reason in its note
   */
  TaskState land(TaskId task, Spectator spectator);

  /** Whether another process works on a task or will do so. */
  boolean served(TaskId task);

  /** Whether a task could continue without a human, but no process works on it or will do so. */
  default boolean abandoned(TaskId task) {
    State state = recorded(task).state();
    return !state.rests() && state != State.WAITING && !served(task);
  }

  /** Whether a task has something to do that needs no human. */
  boolean ready(TaskId task);

  /** The name under which the user reviews a task: {@code Name <address>}. */
  String reviewer(TaskState task, Path directory);

  /** The directory in which a task's agent works, where it is on this machine. */
  Optional<Path> agentTree(TaskState task);

  /** Whether agents and checks run the programs of this machine. */
  boolean runsHere();

  /**
   * Checks a request, and puts the task into the queue if nothing is wrong with it.
   *
   * @throws dev.longe.core.Fault if the repository can't be used; a mistake of the request is a
   *     {@link Submission.Refused}
   * @throws dev.longe.core.NotHuman if this process belongs to an attempt or a check
   */
  Submission submit(TaskRequest request);

  /**
   * Moves a task to another machine of the remote engine.
   *
   * @param machine its name; empty for any free one
   * @throws InvalidInput if {@code LONGE_ENGINE} names no engine
   */
  default WordResult move(TaskId task, Optional<String> machine) {
    return WordResult.of(team().engine().move(task, machine));
  }

  /**
   * Begins to move tasks between this machine's engine and the remote one.
   *
   * @param directory the user's current directory
   * @throws InvalidInput if {@code LONGE_ENGINE} names no engine
   */
  default Migration migration(Path directory) {
    return new Migration(team(), directory);
  }

  /**
   * Reverts a landed change with a new commit, and records the outcome.
   *
   * @param because goes into the commit; may be empty
   * @param directory the user's current directory
   * @param told receives a line about what it waits for, or what a killed landing has left
   * @throws InvalidInput if the task has not landed
   * @throws dev.longe.core.Fault with one sentence if git can't revert it
   * @throws dev.longe.core.NotHuman if this process belongs to an attempt or a check
   */
  Undone undo(TaskId task, String because, Path directory, Consumer<String> told);

  /** Looks up the outcomes of landed changes, and records new ones. */
  OutcomeReport outcomes();

  @Override
  void close();
}

package dev.longe.tasks;

import dev.longe.core.Commit;
import dev.longe.core.Event;
import dev.longe.core.Source;
import dev.longe.core.State;
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.effects.Installation;
import dev.longe.effects.Spectator;
import dev.longe.intake.InvalidInput;
import dev.longe.intake.Problem;
import dev.longe.journal.Journal;
import dev.longe.journal.JournalEntry;
import dev.longe.journal.TaskRow;
import dev.longe.review.Dossier;
import dev.longe.review.ProbeResult;
import dev.longe.workspace.Repository;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Tasks read from a journal on this machine. The subclass keeps the journal up to date. The journal
 * is opened when it is first needed.
 */
abstract sealed class JournaledTasks implements Tasks permits LocalTasks, RemoteTasks {
  private static final long LOOK_MILLIS = 50;

  private final Installation installation;
  private Optional<Journal> journal = Optional.empty();

  JournaledTasks(Installation installation) {
    this.installation = installation;
  }

  abstract Journal open();

  /** Updates a task in the journal on this machine. */
  abstract void refresh(TaskId task);

  /** Updates all tasks in the journal on this machine. */
  abstract void refreshAll();

  /**
   * The address under which the engine finds a repository.
   *
   * @throws InvalidInput if the engine can't find it
   */
  abstract String address(Repository repository);

  /** The problems with labels of a task. */
  abstract List<Problem> labelProblems(List<String> labels);

  /**
   * Puts a valid task into the queue.
   *
   * @param repository the repository on this machine; it has all the commits
   * @param submitted the task; its repository is the address that the engine uses
   * @param labels what the machine that works on it must offer
   * @param besides commits that the task needs besides its base, by name
   */
  abstract TaskId enqueue(
      Repository repository,
      Event.Submitted submitted,
      Event.Framed frame,
      List<String> labels,
      Map<String, Commit> besides);

  /**
   * As {@link #enqueue}, for a human.
   *
   * @throws dev.longe.core.NotHuman if this process belongs to an attempt or a check; nothing was
   *     changed, the shared repository included
   */
  final TaskId queue(
      Repository repository,
      Event.Submitted submitted,
      Event.Framed frame,
      List<String> labels,
      Map<String, Commit> besides) {
    requireHuman();
    return enqueue(repository, submitted, frame, labels, besides);
  }

  /**
   * Returns if this process may act for a human.
   *
   * @throws dev.longe.core.NotHuman if it belongs to an attempt or a check
   */
  final void requireHuman() {
    installation.owners().requireOutside();
  }

  /** Tells the engine that a branch of the repository on this machine was moved for a task. */
  abstract void branchMoved(TaskState task, String ref, Commit from, Commit to);

  @Override
  public final Submission submit(TaskRequest request) {
    requireHuman();
    return new Admission(this, request).submit();
  }

  @Override
  public final Undone undo(TaskId task, String because, Path directory, Consumer<String> told) {
    return new Undo(this, directory, told).of(task, because);
  }

  @Override
  public final OutcomeReport outcomes() {
    return new OutcomeSearch(this).report();
  }

  /** Records what became of a landed change. */
  final void record(TaskId task, Event.Outcome outcome) {
    if (say(task, outcome) instanceof WordResult.Refused refused) {
      throw new IllegalStateException(refused.why());
    }
  }

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
  public final List<TaskId> waitingForHuman() {
    refreshAll();
    return journal().search().in(State.PROPOSED, State.ASKING);
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

  /** What a human has to do here before a task's change can land. */
  private Optional<String> obstacle(TaskState task) {
    Source source = task.submitted().source();
    return source
        .target()
        .filter(_ -> runsHere()) // else it lands in the shared repository
        .flatMap(target ->
            installation
                .repository(Path.of(source.repository()))
                .landing(task.id(), source.base())
                .obstacle(target));
  }

  /** The output of a command on a task's base and on its candidate. */
  abstract ProbeResult probe(TaskState task, String line);

  /** Passes on a word that this process has checked. */
  abstract WordResult pass(TaskId task, Event.Word word);

  @Override
  public final WordResult say(TaskId task, Event.Word word) {
    requireHuman();
    if (word instanceof Event.Accepted yes) {
      TaskState now = state(task);
      Optional<String> refusal =
          AcceptanceGate.refusal(now, yes, () -> dossier(now))
              .or(() -> yes.branchOnly() ? Optional.empty() : obstacle(now));
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
    Dossier dossier = dossier(now);
    Event.Accepted word =
        AcceptanceGate.unread(now, reviewer(now, directory), dossier, lastShown(now), request);
    return AcceptanceGate.lacksReview(now, word)
        ? new Acceptance.NeedsReview(dossier.tierReasons())
        : new Acceptance.Said(say(task, word));
  }

  /** Lands a task, or waits until another process has landed it. */
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
    if (installation.owners().refusal().isEmpty()) {
      LastShown.note(installation.home(), task);
    }
  }

  private Optional<Commit> lastShown(TaskState task) {
    return LastShown.of(installation.home(), task);
  }

  /** Says a decision about the candidate that the human was shown last. */
  private WordResult decide(
      TaskId task, Function<Optional<Commit>, ? extends Event.OnCandidate> decision) {
    return say(task, decision.apply(lastShown(recorded(task))));
  }

  @Override
  public final WordResult answer(TaskId task, String text) {
    return decide(task, saw -> new Event.Answered(text, saw));
  }

  @Override
  public final WordResult reject(TaskId task, String because) {
    return decide(task, saw -> new Event.Rejected(because, saw));
  }

  @Override
  public final WordResult discard(TaskId task) {
    return decide(task, Event.Discarded::new);
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

  /** Waits until {@code done} returns true; polls every 50 ms. */
  static void await(BooleanSupplier done) {
    while (!done.getAsBoolean()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS));
    }
  }
}

package dev.longe.tasks;

import dev.longe.core.Commit;
import dev.longe.core.Event;
import dev.longe.core.Fault;
import dev.longe.core.HumanWord;
import dev.longe.core.Limits;
import dev.longe.core.Policy;
import dev.longe.core.State;
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.effects.Installation;
import dev.longe.effects.RealEffects;
import dev.longe.effects.Spectator;
import dev.longe.engine.Engine;
import dev.longe.home.FileProblem;
import dev.longe.intake.Problem;
import dev.longe.journal.Inbox;
import dev.longe.journal.Journal;
import dev.longe.journal.TaskRow;
import dev.longe.review.ProbeResult;
import dev.longe.sandbox.Owners;
import dev.longe.workspace.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tasks of this machine's engine. All its processes share one journal. */
public final class LocalTasks extends JournaledTasks {
  LocalTasks(Installation installation) {
    super(installation);
  }

  @Override
  Journal open() {
    Owners owners = installation().owners();
    Path root = installation().home().root();
    try {
      Files.createDirectories(root);
    } catch (IOException e) {
      throw new Fault(
          "The directory %s can't be made: %s. Set LONGE_HOME to a directory of your own."
              .formatted(root, FileProblem.of(e)),
          e);
    }
    return Journal.open(root, owners::alive, owners::requireOutside);
  }

  @Override
  void refresh(TaskId task) {}

  @Override
  void refreshAll() {}

  @Override
  public Optional<RemoteTasks> remote() {
    return Optional.empty();
  }

  @Override
  public List<TaskId> idsLike(String prefix) {
    return journal().search().idsLike(prefix);
  }

  @Override
  public List<TaskRow> list(boolean closedToo) {
    return journal().lines(closedToo);
  }

  @Override
  public TaskState state(TaskId task) {
    return journal().state(task);
  }

  private Instant now() {
    return installation().clock().instant();
  }

  private Engine engine(Spectator spectator) {
    return new Engine(
        journal(),
        installation().effects(spectator),
        installation().clock(),
        installation().settings(),
        installation().owners().own());
  }

  private boolean owned(TaskId task) {
    journal().sweep();
    return journal().owner(task).isPresent();
  }

  /** Whether no process works on a task that could continue without a human. */
  private boolean leftBehind(TaskId task) {
    State state = journal().stateOf(task);
    return !state.rests() && state != State.WAITING && !owned(task);
  }

  @Override
  public WordResult resume(TaskId task, Limits.Raise raise) {
    return raise.equals(Limits.Raise.NOTHING) && leftBehind(task)
        ? new WordResult.Taken()
        : say(task, new Event.Resumed(raise));
  }

  @Override
  public Optional<String> stopCaveat() {
    return installation().sandbox().containment().caveat();
  }

  private static boolean ends(Event.Word word) {
    return word instanceof Event.StopAsked
        || word instanceof Event.PauseAsked
        || word instanceof Event.Discarded;
  }

  /**
   * Takes the word at once unless another process works on the task; this needs no slot. The owner
   * decides whether its state and its candidate permit the word; a word that does not say enough is
   * never posted. The owner is this process if another one died: it first records that the attempt
   * is lost, after which the task can be resumed under new limits. A word that ends what runs also
   * ends what a killed process has left.
   */
  @Override
  WordResult pass(TaskId task, Event.Word word) {
    boolean owned = owned(task);
    TaskState now = state(task);
    boolean ownerDecides = owned || (word instanceof Event.Resumed && now.running().isPresent());
    Optional<String> refusal =
        ownerDecides ? HumanWord.incomplete(now, word) : HumanWord.refusal(now, word);
    if (refusal.isPresent()) {
      return new WordResult.Refused(refusal.get());
    }
    Inbox inbox = journal().inbox();
    long posted = inbox.post(task, word, now());
    Engine engine = engine((_, _) -> {});
    await(() -> {
      if (!owned(task)) {
        int _ = ends(word) ? installation().sandbox().sweepOrphans() : 0;
        engine.hear(task);
      }
      return inbox.result(posted).isPresent() && !(owned(task) && journal().stateOf(task).closed());
    });
    return WordResult.of(inbox.result(posted).orElseThrow());
  }

  @Override
  ProbeResult probe(TaskState task, String line) {
    RealEffects effects = installation().effects((_, _) -> {});
    return engine((_, _) -> {})
        .onBehalf(task.id(), loop -> effects.probe(loop, task, line))
        .orElseThrow(() -> new Fault(task.id() + " was stopped meanwhile; open the review anew."));
  }

  /** False in a process of an attempt or a check, which may not release leases. */
  @Override
  public boolean abandoned(TaskId task) {
    return installation().owners().refusal().isEmpty() && super.abandoned(task);
  }

  @Override
  public boolean served(TaskId task) {
    return journal().serving().isPresent() || owned(task);
  }

  @Override
  public boolean ready(TaskId task) {
    return journal().isReady(task, now());
  }

  @Override
  public TaskState work(TaskId task, Spectator spectator) {
    if (!journal().register(installation().owners().own(), "run", now())) {
      throw new IllegalStateException("a run can always register");
    }
    cleanUp();
    return engine(spectator).work(task);
  }

  @Override
  TaskState awaitLanding(TaskId task, Spectator spectator) {
    Engine engine = engine(spectator);
    await(() -> {
      if (!served(task)) {
        Optional<TaskState> _ = engine.once(task);
      }
      TaskState now = state(task);
      return now.state().closed() || now.accepted().isEmpty();
    });
    return state(task);
  }

  /**
   * Works on everything in the queue.
   *
   * @param began called once, when this process has become the one that serves the journal
   * @param enough called repeatedly; its argument says whether there is nothing to do
   * @param observer called for each task, from many threads
   * @throws dev.longe.core.Fault if another process serves this journal
   * @throws dev.longe.intake.InvalidInput with everything that is wrong in the settings
   */
  public void serve(Runnable began, Engine.Enough enough, ServeObserver observer) {
    Engine engine = engine((_, _) -> {});
    if (!journal().register(installation().owners().own(), "serve", now())) {
      throw new Fault(
          "Another «longe serve» (%s) already works on %s; use it, or set another LONGE_HOME."
              .formatted(
                  journal()
                      .serving()
                      .map(installation().owners()::describe)
                      .orElse("a process that has just ended"),
                  installation().home().root()));
    }
    cleanUp();
    began.run();
    engine.serve(enough, observer);
  }

  /** Ends orphaned processes, and discards explorations that have expired. */
  private void cleanUp() {
    int _ = installation().sandbox().sweepOrphans();
    expire(now());
  }

  /** Discards every exploration that has had its findings for 14 days. */
  public void expire(Instant now) {
    Expiry.sweep(journal(), now);
  }

  @Override
  public boolean runsHere() {
    return true;
  }

  @Override
  public String reviewer(TaskState task, Path directory) {
    return ReviewerIdentity.of(
        installation().repository(Path.of(task.submitted().source().repository())));
  }

  @Override
  public Optional<Path> agentTree(TaskState task) {
    return installation().effects((_, _) -> {}).agentTree(task);
  }

  @Override
  String address(Repository repository) {
    return repository.top().toString();
  }

  @Override
  List<Problem> labelProblems(List<String> labels) {
    return labels.isEmpty()
        ? List.of()
        : List.of(
            new Problem(
                "command line",
                0,
                "--label",
                "needs a remote engine, and LONGE_ENGINE is not set"));
  }

  /** Puts the task into the journal; labels were refused before. The settings must be valid. */
  @Override
  TaskId enqueue(
      Repository repository,
      Event.Submitted submitted,
      Event.Framed frame,
      List<String> labels,
      Map<String, Commit> besides) {
    installation().requireSettings();
    TaskId id =
        journal()
            .submit(
                submitted, JournaledTasks::newId, now(), frame, new Event.PolicySet(Policy.DEFAULT))
            .id();
    repository.holdBase(id, submitted.source().base());
    besides.forEach((name, commit) -> repository.hold(id, name, commit));
    return id;
  }

  /** The engine works in the same repository and sees the branch as it is. */
  @Override
  void branchMoved(TaskState task, String ref, Commit from, Commit to) {}

  @Override
  public void close() {
    opened()
        .ifPresent(j -> {
          installation().owners().known().ifPresent(j::leave);
          j.close();
        });
    installation().close();
  }
}

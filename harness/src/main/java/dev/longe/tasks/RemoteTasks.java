package dev.longe.tasks;

import dev.longe.core.Commit;
import dev.longe.core.Event;
import dev.longe.core.HumanWord;
import dev.longe.core.Limits;
import dev.longe.core.Policy;
import dev.longe.core.Source;
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.effects.Installation;
import dev.longe.effects.Spectator;
import dev.longe.home.Home;
import dev.longe.intake.InvalidInput;
import dev.longe.intake.Problem;
import dev.longe.journal.Journal;
import dev.longe.journal.JournalEntry;
import dev.longe.journal.TaskRow;
import dev.longe.journal.TimedEvent;
import dev.longe.review.ProbeResult;
import dev.longe.workspace.Remote;
import dev.longe.workspace.Repository;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The tasks of a remote engine. They are read from a mirror of their journals, which is updated
 * before it is read, and from copies of their repositories. Tasks that the engine no longer keeps
 * stay readable.
 */
public final class RemoteTasks extends JournaledTasks {
  /** How long the mirror of a task counts as current; a client that follows a task asks often. */
  private static final Duration FRESH = Duration.ofMillis(300);

  /** How long before the last listing a task may have been closed: the server's index is late. */
  private static final Duration LATE = Duration.ofMinutes(10);

  private final String address;
  private final Map<TaskId, Instant> refreshed = new ConcurrentHashMap<>();
  private Optional<Instant> listed = Optional.empty();
  private final RepositoryCopies copies;
  private Optional<RemoteEngine> engine = Optional.empty();

  RemoteTasks(Installation installation, String address) {
    super(installation);
    this.address = address;
    this.copies = new RepositoryCopies(installation);
  }

  /** The engine; the first call connects to it. */
  public synchronized RemoteEngine engine() {
    if (engine.isEmpty()) {
      Installation here = installation();
      RemoteEngine reached =
          RemoteEngines.of(address).connect(address, here.environment(), here.home());
      engine = Optional.of(reached.guardedBy(here.owners()::requireOutside));
    }
    return engine.get();
  }

  /**
   * Works on tasks of the engine on this machine; first ends orphaned processes of earlier workers.
   *
   * @param told receives messages for a person
   * @param enough called repeatedly; true ends the work
   */
  public void work(RemoteEngine.Offer offer, Consumer<String> told, BooleanSupplier enough) {
    int _ = installation().sandbox().sweepOrphans();
    engine().work(offer, installation(), told, enough);
  }

  @Override
  public Optional<RemoteTasks> remote() {
    return Optional.of(this);
  }

  /** Opens the mirror; every process may update it, and no words are posted in it. */
  @Override
  Journal open() {
    return Journal.open(
        installation().home().mirror(address).root(), installation().owners()::alive, () -> {});
  }

  @Override
  public List<TaskId> idsLike(String prefix) {
    return Stream.concat(
            engine().list(true).stream().map(l -> l.row().id()),
            journal().search().idsLike(prefix).stream())
        .filter(id -> id.text().startsWith(prefix))
        .distinct()
        .sorted()
        .limit(10)
        .toList();
  }

  @Override
  public List<TaskRow> list(boolean closedToo) {
    return engine().list(closedToo).stream().map(RemoteEngine.Listed::row).toList();
  }

  /**
   * Asks for all tasks once, and later only for those that can have changed: a long list of closed
   * tasks is not read for every page.
   */
  @Override
  synchronized void refreshAll() {
    Instant now = installation().clock().instant();
    List<RemoteEngine.Listed> changed =
        listed.map(t -> engine().listSince(t.minus(LATE))).orElseGet(() -> engine().list(true));
    for (RemoteEngine.Listed task : changed) {
      if (task.events() > journal().mirror().count(task.row().id())) {
        refresh(task.row().id());
      }
    }
    listed = Optional.of(now);
  }

  @Override
  void refresh(TaskId task) {
    Instant last = refreshed.getOrDefault(task, Instant.MIN);
    Instant now = installation().clock().instant();
    int here = journal().mirror().count(task);
    if (last.isAfter(now.minus(FRESH)) || (here > 0 && journal().stateOf(task).closed())) {
      return;
    }
    List<TimedEvent> told = engine().look(task, here).told();
    if (!told.isEmpty()) {
      journal().mirror().write(task, here, told);
    }
    refreshed.put(task, now);
  }

  @Override
  public TaskState state(TaskId task) {
    TaskState recorded = recorded(task);
    Source source = recorded.submitted().source();
    Remote copy = copies.of(task, source);
    Home home = installation().home();
    if (!recorded.state().closed()) {
      copy.fetch(task, source.base());
      String kept = Remote.ref(task, Remote.KEPT);
      boolean _ = copy.unpack(kept + ":" + Remote.TRANSCRIPTS, home.transcripts(task));
      boolean _ = copy.unpack(kept + ":" + Remote.RECEIPTS, home.receipts(task));
    }
    recorded.landed().ifPresent(l -> copy.fetchRef(l.ref()));
    List<Event> events =
        new ArrayList<>(journal().entries(task).stream().map(JournalEntry::event).toList());
    events.set(0, recorded.submitted().in(copy.copy().toString()));
    return TaskState.of(task, events);
  }

  /** The engine itself continues what a lost machine left. */
  @Override
  public WordResult resume(TaskId task, Limits.Raise raise) {
    return say(task, new Event.Resumed(raise));
  }

  @Override
  public Optional<String> stopCaveat() {
    return Optional.empty();
  }

  @Override
  ProbeResult probe(TaskState task, String line) {
    return installation().effects((_, _) -> {}).probe(task, line);
  }

  /**
   * Sends the word to the engine; later reads of the task see it. The engine does not keep a landed
   * task, so its outcome is written to the mirror.
   */
  @Override
  WordResult pass(TaskId task, Event.Word word) {
    if (word instanceof Event.Outcome outcome) {
      return keep(task, outcome);
    }
    WordResult result = WordResult.of(engine().say(task, word));
    refreshed.remove(task);
    return result;
  }

  private WordResult keep(TaskId task, Event.Outcome outcome) {
    Optional<String> refusal = HumanWord.refusal(recorded(task), outcome);
    if (refusal.isPresent()) {
      return new WordResult.Refused(refusal.get());
    }
    TimedEvent said = new TimedEvent(installation().clock().instant(), outcome);
    journal().mirror().write(task, journal().mirror().count(task), List.of(said));
    return new WordResult.Taken();
  }

  @Override
  public boolean served(TaskId task) {
    return true;
  }

  @Override
  public boolean ready(TaskId task) {
    return false;
  }

  @Override
  public TaskState work(TaskId task, Spectator spectator) {
    await(() -> {
      refresh(task);
      return journal().stateOf(task).rests();
    });
    return state(task);
  }

  @Override
  TaskState awaitLanding(TaskId task, Spectator spectator) {
    await(() -> {
      TaskState now = recorded(task);
      return now.state().closed() || now.accepted().isEmpty();
    });
    return recorded(task);
  }

  @Override
  public boolean runsHere() {
    return false;
  }

  /** Reads the name from the user's clone; the copy of the shared repository has none. */
  @Override
  public String reviewer(TaskState task, Path directory) {
    return ReviewerIdentity.of(installation().repository(directory));
  }

  @Override
  public Optional<Path> agentTree(TaskState task) {
    return Optional.empty();
  }

  @Override
  String address(Repository repository) {
    return repository
        .sharedAt()
        .orElseThrow(() ->
            InvalidInput.option(
                "repository",
                repository.top()
                    + " has no remote, and workers need one to fetch from; run «git remote add"
                    + " origin URL»"));
  }

  @Override
  List<Problem> labelProblems(List<String> labels) {
    return List.of();
  }

  /** Sends the task's commits to the shared repository first. */
  @Override
  TaskId enqueue(
      Repository repository,
      Event.Submitted submitted,
      Event.Framed frame,
      List<String> labels,
      Map<String, Commit> besides) {
    TaskId id = newId();
    Map<String, Commit> refs =
        new HashMap<>(Map.of(Remote.ref(id, "base"), submitted.source().base()));
    besides.forEach((name, commit) -> refs.put(Remote.ref(id, name), commit));
    copies.publish(repository, submitted.source(), refs);
    List<Event> events =
        new ArrayList<>(List.of(submitted, frame, new Event.PolicySet(Policy.DEFAULT)));
    if (!labels.isEmpty()) {
      events.add(new Event.Placed(labels));
    }
    Instant now = installation().clock().instant();
    List<TimedEvent> told = events.stream().map(e -> new TimedEvent(now, e)).toList();
    engine().submit(id, told);
    journal().mirror().write(id, 0, told);
    return id;
  }

  /** Moves the branch of the shared repository, as it was moved in the copy. */
  @Override
  void branchMoved(TaskState task, String ref, Commit from, Commit to) {
    copies.of(task.id(), recorded(task.id()).submitted().source()).swap(ref, from, to);
  }

  @Override
  public synchronized void close() {
    opened().ifPresent(Journal::close);
    engine.ifPresent(RemoteEngine::close);
    installation().close();
  }
}

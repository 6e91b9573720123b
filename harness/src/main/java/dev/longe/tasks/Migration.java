package dev.longe.tasks;

import dev.longe.core.Commit;
import dev.longe.core.Event;
import dev.longe.core.Fault;
import dev.longe.core.Source;
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.effects.Installation;
import dev.longe.engine.Engine;
import dev.longe.journal.Journal;
import dev.longe.journal.Lease;
import dev.longe.journal.Slots;
import dev.longe.journal.TaskRow;
import dev.longe.journal.TimedEvent;
import dev.longe.sandbox.Owners;
import dev.longe.workspace.Remote;
import dev.longe.workspace.Repository;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Moves a task from one engine to another: first its candidates, then its journal. The old engine
 * gives the task up only when the new one has all of it. An interrupted migration can be repeated.
 */
public final class Migration implements AutoCloseable {
  private final RemoteTasks there;
  private final Installation installation;
  private final Path directory;
  private final Journal own;

  /**
   * @param directory the user's current directory
   */
  Migration(RemoteTasks there, Path directory) {
    this.there = there;
    this.installation = there.installation();
    this.directory = directory;
    this.own = new LocalTasks(installation).open();
  }

  /** The open tasks of this machine's engine. */
  public List<TaskId> openHere() {
    return own.lines(false).stream().map(TaskRow::id).toList();
  }

  /** The open tasks of the remote engine. */
  public List<TaskId> openThere() {
    return there.list(false).stream().map(TaskRow::id).toList();
  }

  /**
   * Moves a task to the remote engine. The words that wait for it are taken first; a word that is
   * said meanwhile is refused.
   *
   * @return why the task was not moved; empty if it was
   */
  public Optional<String> send(TaskId task) {
    Engine engine =
        new Engine(
            own,
            installation.effects((_, _) -> {}),
            installation.clock(),
            installation.settings(),
            installation.owners().own());
    engine.hear(task);
    if (own.stateOf(task).closed()) {
      return Optional.of("a word that waited for it has closed it");
    }
    Optional<Lease> lease = own.lease(task, installation.owners().own(), Slots.ANY);
    if (lease.isEmpty()) {
      return Optional.of("it is being worked on; stop it, or end «longe serve»");
    }
    try {
      return sent(task, lease.get());
    } finally {
      own.release(lease.get());
    }
  }

  private Optional<String> sent(TaskId task, Lease lease) {
    TaskState state = own.state(task);
    Source source = state.submitted().source();
    if (!state.loop().carry().isEmpty()) {
      return Optional.of("its loop carries files of your work tree, which workers don't have");
    }
    Repository repository = installation.repository(Path.of(source.repository()));
    Optional<String> url = repository.sharedAt();
    if (url.isEmpty()) {
      return Optional.of(source.repository() + " has no remote");
    }
    Map<String, Commit> refs = new HashMap<>(Map.of(Remote.ref(task, "base"), source.base()));
    candidates(state).forEach((name, commit) -> refs.put(Remote.ref(task, name), commit));
    Remote.from(installation.sandbox(), repository, url.get(), installation.environment())
        .publish(refs);
    List<TimedEvent> told =
        moved(
            own.entries(task).stream().map(e -> new TimedEvent(e.at(), e.event())).toList(),
            url.get(),
            Owners.machine());
    boolean known = there.engine().list(true).stream().anyMatch(l -> l.row().id().equals(task));
    if (!known) {
      there.engine().submit(task, told);
    }
    own.transfer().giveUp(lease, task + " was moved to another engine; say it again there.");
    return Optional.empty();
  }

  /**
   * Moves a task to this machine, into the repository of the user's current directory.
   *
   * @return why the task was not moved; empty if it was
   */
  public Optional<String> bring(TaskId task) {
    Repository repository = installation.repository(directory);
    List<TimedEvent> told = there.engine().look(task, 0).told();
    Source source = ((Event.Submitted) told.getFirst().event()).source();
    if (repository.sharedAt().filter(source.repository()::equals).isEmpty()) {
      return Optional.of(
          "this repository is not a clone of " + source.repository() + "; change to a clone");
    }
    String answer = there.engine().giveUp(task, false);
    if (!answer.isEmpty()) {
      return Optional.of(answer);
    }
    List<TimedEvent> all = there.engine().look(task, 0).told();
    Remote.from(installation.sandbox(), repository, source.repository(), installation.environment())
        .fetch(task, source.base());
    own.transfer().adopt(task, moved(all, repository.top().toString(), "the workers"));
    String gone = there.engine().giveUp(task, true);
    if (!gone.isEmpty()) {
      throw new Fault(gone);
    }
    return Optional.empty();
  }

  private static Map<String, Commit> candidates(TaskState state) {
    Map<String, Commit> refs = new HashMap<>();
    state
        .attempts()
        .forEach(
            a -> a.candidate().ifPresent(c -> refs.put(Integer.toString(c.number()), c.commit())));
    return refs;
  }

  /**
   * The journal with the new address of the repository; after an attempt it also says that the
   * session was left behind.
   */
  private List<TimedEvent> moved(List<TimedEvent> told, String repository, String from) {
    Event.Submitted submitted = (Event.Submitted) told.getFirst().event();
    List<TimedEvent> all = new ArrayList<>(told);
    all.set(0, new TimedEvent(told.getFirst().at(), submitted.in(repository)));
    boolean attempted = told.stream().anyMatch(t -> t.event() instanceof Event.AttemptStarted);
    if (attempted) {
      all.add(
          new TimedEvent(
              installation.clock().instant(),
              new Event.Left(from, false, "moved to another engine")));
    }
    return all;
  }

  @Override
  public void close() {
    own.close();
  }
}

package dev.longe.cli;

import dev.longe.core.Commit;
import dev.longe.core.Event;
import dev.longe.core.Fault;
import dev.longe.core.Source;
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.journal.JournalEntry;
import dev.longe.journal.TaskLine;
import dev.longe.journal.TimedEvent;
import dev.longe.tasks.RemoteEngine;
import dev.longe.tasks.RemoteEngines;
import dev.longe.workspace.Remote;
import dev.longe.workspace.Repository;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/**
 * The tasks of an engine elsewhere, as they look from here: a mirror of their journals that is
 * brought up to date before it is read, and a copy of their repositories. What is no longer at the
 * server stays readable.
 */
final class Far implements AutoCloseable {
  /** Who follows a task asks again and again. */
  private static final Duration FRESH = Duration.ofMillis(300);

  private final App app;
  private final RemoteEngine engine;
  private final Map<TaskId, Instant> synced = new HashMap<>();
  private final Map<TaskId, Remote> remotes = new HashMap<>();

  private Far(App app, RemoteEngine engine) {
    this.app = app;
    this.engine = engine;
  }

  /** The engine at an address. */
  static Far at(App app, String address) {
    RemoteEngine engine = engines(address).connect(address, app.environment(), app.home());
    return new Far(app, engine.guardedBy(app.owners()::requireOutside));
  }

  /** Who knows engines at such addresses. */
  static RemoteEngines engines(String address) {
    return ServiceLoader.load(RemoteEngines.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(e -> address.startsWith(e.scheme() + ":"))
        .findFirst()
        .orElseThrow(() ->
            new Fault(
                "LONGE_ENGINE is «%s», and no module here knows such engines; it must be temporal://HOST:PORT/NAMESPACE."
                    .formatted(address)));
  }

  RemoteEngine engine() {
    return engine;
  }

  /** Ids that begin with {@code prefix}: the engine's and those that are only known here. */
  List<TaskId> idsLike(String prefix) {
    return Stream.concat(
            engine.list(true).stream().map(RemoteEngine.Row::id),
            app.journal().idsLike(prefix).stream())
        .filter(id -> id.text().startsWith(prefix))
        .distinct()
        .sorted()
        .toList();
  }

  /** The tasks as a short list has them, from the engine's own list. */
  List<TaskLine> lines(boolean closedToo) {
    return engine.list(closedToo).stream()
        .map(r ->
            new TaskLine(
                r.id().text(),
                r.state(),
                r.reason(),
                r.attempts(),
                r.known().micros(),
                r.costUnknown(),
                r.title(),
                r.waits()))
        .toList();
  }

  /** Brings the mirror of every task up to date. */
  void syncAll() {
    for (RemoteEngine.Row row : engine.list(true)) {
      if (row.events() > app.journal().mirror().count(row.id())) {
        sync(row.id());
      }
    }
  }

  /** Brings the mirror of one task up to date, unless it was a moment ago. */
  void sync(TaskId task) {
    Instant last = synced.getOrDefault(task, Instant.MIN);
    int here = app.journal().mirror().count(task);
    if (last.isAfter(app.now().minus(FRESH))
        || (here > 0 && app.journal().stateOf(task).closed())) {
      return;
    }
    List<TimedEvent> told = engine.look(task, here).told();
    if (!told.isEmpty()) {
      app.journal().mirror().write(task, here, told);
    }
    synced.put(task, app.now());
  }

  /** Says a word to a task; what is read of it afterwards has it. */
  String say(TaskId task, Event.Word word) {
    String result = engine.say(task, word);
    synced.remove(task);
    return result;
  }

  /** A task as it is known here, its repository the copy on this machine. */
  TaskState here(TaskState task) {
    Source source = task.submitted().source();
    Remote remote = remote(task.id(), source);
    if (!task.state().closed()) {
      remote.fetch(task.id(), source.base());
      String kept = Remote.ref(task.id(), Remote.KEPT);
      boolean _ = remote.unpack(kept + ":" + Remote.TRANSCRIPTS, app.home().transcripts(task.id()));
      boolean _ = remote.unpack(kept + ":" + Remote.RECEIPTS, app.home().receipts(task.id()));
    }
    task.landed().ifPresent(l -> remote.fetchRef(l.ref()));
    List<Event> events =
        new ArrayList<>(
            app.journal().entries(task.id()).stream().map(JournalEntry::event).toList());
    events.set(0, task.submitted().in(remote.copy().toString()));
    return TaskState.of(task.id(), events);
  }

  private Remote remote(TaskId task, Source source) {
    return remotes.computeIfAbsent(
        task,
        _ ->
            Remote.at(
                app.sandbox(),
                source.repository(),
                app.home().repository(source.repository()),
                app.environment()));
  }

  /** Moves a branch of the shared repository as it was moved in the copy. */
  void push(TaskState shared, String ref, Commit from, Commit to) {
    remote(shared.id(), shared.submitted().source()).swap(ref, from, to);
  }

  /**
   * Puts a task into the queue; its base goes to the shared repository first.
   *
   * @param besides other commits that it needs, by their names below the task's refs
   */
  TaskId submit(
      Repository repository,
      Event.Submitted submitted,
      List<Event> frame,
      Map<String, Commit> besides) {
    TaskId id = app.ids().get();
    Source source = submitted.source();
    Map<String, Commit> refs = new HashMap<>(Map.of(Remote.ref(id, "base"), source.base()));
    besides.forEach((name, commit) -> refs.put(Remote.ref(id, name), commit));
    Remote.from(app.sandbox(), repository, source.repository(), app.environment()).publish(refs);
    List<TimedEvent> told = new ArrayList<>(List.of(new TimedEvent(app.now(), submitted)));
    frame.forEach(e -> told.add(new TimedEvent(app.now(), e)));
    engine.submit(id, told);
    app.journal().mirror().write(id, 0, told);
    return id;
  }

  @Override
  public void close() {
    engine.close();
  }
}

package dev.longe.journal;

import dev.longe.core.Event;
import dev.longe.core.Fault;
import dev.longe.core.NotHuman;
import dev.longe.core.State;
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The journal of one {@code LONGE_HOME}, shared by all its processes. Every write is durable when
 * its method returns. Safe for use by many threads; every method may throw a {@link Fault} when the
 * file can't be used.
 */
public final class Journal implements AutoCloseable {
  static final String ENTRY = "SELECT seq, task, n, at, type, version, body FROM events ";

  private final Database database;
  private final Codec codec = new Codec();
  private final TaskRows rows = new TaskRows(codec);
  private final Leases leases;

  private Journal(Database database, Predicate<String> alive) {
    this.database = database;
    this.leases = new Leases(alive);
  }

  /**
   * Opens the journal in {@code directory}, makes it where there is none, and brings its schema up
   * to date.
   *
   * @param alive whether the owner with an id still lives
   * @param access whether this process may write
   * @throws Fault also if a process of an earlier release still works there
   */
  public static Journal open(Path directory, Predicate<String> alive, WriteAccess access) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new Fault(
          "The directory %s can't be written; set LONGE_HOME to a directory of your own (%s)."
              .formatted(directory, e),
          e);
    }
    Path file = directory.resolve("journal.db");
    Database database = new Database(file, access);
    try {
      if (database.read(c -> Migrations.version(c, file)) < Migrations.SCHEMA) {
        int _ = database.write(c -> Migrations.migrate(c, file, alive));
      }
    } catch (Fault | NotHuman e) {
      database.close();
      throw e;
    }
    return new Journal(database, alive);
  }

  /**
   * Puts a task into the queue under a new id.
   *
   * @param frame what else holds for it from the start
   */
  public TaskState submit(
      Event.Submitted submitted, Supplier<TaskId> ids, Instant now, Event... frame) {
    return database.write(c -> {
      TaskId id = ids.get();
      while (Sql.number(c, "SELECT count(*) FROM tasks WHERE id = ?", id.text()) > 0) {
        id = ids.get();
      }
      List<Event> events = new ArrayList<>(List.of(submitted));
      events.addAll(List.of(frame));
      for (int i = 0; i < events.size(); i++) {
        insert(c, id, i + 1L, Stored.of(codec, events.get(i)), now);
      }
      TaskState state = TaskState.of(id, events);
      int _ = rows.write(c, rows.values(state, now));
      return state;
    });
  }

  /**
   * Adds events to a leased task.
   *
   * @return the state after them
   * @throws IllegalStateException if the lease's generation is over, or an event can't happen in
   *     {@code state}
   */
  public TaskState append(Lease lease, TaskState state, Instant now, List<Event> events) {
    TaskState after = state;
    List<Stored> stored = new ArrayList<>();
    for (Event event : events) {
      after = after.after(event);
      stored.add(Stored.of(codec, event));
    }
    Object[] row = rows.values(after, now);
    database.write(c -> {
      long n = Leases.fence(c, lease);
      for (Stored one : stored) {
        insert(c, lease.task(), ++n, one, now);
        if (one.event() instanceof Event.AttemptEnded ended) {
          Reservations.settle(c, lease.task(), ended.usage());
        } else if (one.event() instanceof Event.Judged judged) {
          Reservations.settle(c, lease.task(), judged.usage());
        }
      }
      return rows.write(c, row);
    });
    return after;
  }

  /**
   * An event with its JSON, made on the caller's thread: the writer's is the one that all wait for.
   */
  record Stored(Event event, String type, int version, String body) {
    static Stored of(Codec codec, Event event) {
      return new Stored(event, EventTypes.name(event), codec.version(event), codec.write(event));
    }
  }

  static void insert(SqlConnection c, TaskId task, long n, Stored one, Instant now)
      throws SQLException {
    Sql.update(
        c,
        "INSERT INTO events (task, n, type, version, at, body) VALUES (?,?,?,?,?,?)",
        task.text(),
        n,
        one.type(),
        one.version(),
        now.toEpochMilli(),
        one.body());
  }

  public TaskState state(TaskId task) {
    return TaskState.of(task, entries(task).stream().map(JournalEntry::event).toList());
  }

  /** Where a task stands, without folding its events. */
  public State stateOf(TaskId task) {
    String word =
        database.read(c ->
            Sql.one(c, r -> r.getString(1), "SELECT state FROM tasks WHERE id = ?", task.text())
                .orElseThrow());
    return State.valueOf(word.toUpperCase(java.util.Locale.ROOT));
  }

  /** All events of a task, in order. */
  public List<JournalEntry> entries(TaskId task) {
    return database.read(
        c -> Sql.list(c, rows::entry, ENTRY + "WHERE task = ? ORDER BY n", task.text()));
  }

  /** Events of a task after the {@code n}-th. */
  public List<JournalEntry> entriesAfter(TaskId task, int n) {
    return database.read(c ->
        Sql.list(c, rows::entry, ENTRY + "WHERE task = ? AND n > ? ORDER BY n", task.text(), n));
  }

  /** All tasks, the oldest first. */
  public List<TaskRow> rows() {
    return database.read(rows::all);
  }

  /** The tasks as a short list has them, the oldest first. */
  public List<TaskRow> lines(boolean closedToo) {
    return database.read(c -> TaskRows.lines(c, closedToo));
  }

  /** The row of a task, details included. */
  public TaskRow row(TaskId task) {
    return database.read(c -> TaskRows.one(c, task).orElseThrow());
  }

  /** Whether an engine has something to do for a task now. */
  public boolean isReady(TaskId task, Instant now) {
    return database.read(c ->
        Sql.number(
            c,
            "SELECT (SELECT count(*) FROM tasks WHERE id = ?1 AND ready_at <= ?2)"
                + " + (SELECT count(*) FROM inbox WHERE task = ?1 AND result IS NULL)",
            task.text(),
            now.toEpochMilli()))
        > 0;
  }

  /**
   * Tasks that an engine has something to do for now, the oldest first, those with a human's word
   * before all.
   */
  public List<TaskId> ready(Instant now, int max) {
    return database.read(c -> {
      List<String> ids =
          new ArrayList<>(
              Sql.list(
                  c,
                  r -> r.getString(1),
                  "SELECT task FROM inbox WHERE result IS NULL"
                      + " AND task NOT IN (SELECT task FROM leases)"
                      + " GROUP BY task ORDER BY min(id) LIMIT ?",
                  max));
      ids.addAll(
          Sql.list(
              c,
              r -> r.getString(1),
              "SELECT id FROM tasks WHERE ready_at IS NOT NULL AND ready_at <= ?"
                  + " AND id NOT IN (SELECT task FROM leases) ORDER BY created LIMIT ?",
              now.toEpochMilli(),
              max));
      return ids.stream().distinct().limit(max).map(TaskId::new).toList();
    });
  }

  /** Takes the lease of a task; empty if another process holds it or no slot is free. */
  public Optional<Lease> lease(TaskId task, String owner, Slots slots) {
    return database.write(c -> leases.take(c, task, owner, slots));
  }

  public void release(Lease lease) {
    database.write(c -> {
      leases.release(c, lease);
      return lease;
    });
  }

  /** Gives back what dead processes held. */
  public void sweep() {
    database.write(c -> {
      leases.sweep(c);
      return true;
    });
  }

  /** Makes this process known as an engine; false if it is a {@code serve} and another one runs. */
  public boolean register(String owner, String kind, Instant now) {
    return database.write(c -> leases.register(c, owner, kind, now));
  }

  /** The owner of the {@code serve} that runs, where one does. */
  public Optional<String> serving() {
    return database.write(leases::serving);
  }

  /** The owner that works on a task, where one does. */
  public Optional<String> owner(TaskId task) {
    return database.read(c -> Leases.owner(c, task));
  }

  /** Gives back all that this process holds. */
  public void leave(String owner) {
    database.write(c -> {
      leases.leave(c, owner);
      return owner;
    });
  }

  /** Tasks of another engine, as far as they are known here. */
  public Mirror mirror() {
    return new Mirror(database, codec, rows);
  }

  /** Looks at many tasks at once. */
  public Search search() {
    return new Search(database, rows);
  }

  /** Words of humans that wait for whoever works on a task. */
  public Inbox inbox() {
    return new Inbox(database, codec);
  }

  /** Money that several tasks share. */
  public Budgets budgets() {
    return new Budgets(database);
  }

  /** Quotas that several tasks share. */
  public QuotaAccounts quotas() {
    return new QuotaAccounts(database);
  }

  @Override
  public void close() {
    database.close();
  }
}

package dev.longe.journal;

import dev.longe.core.Event;
import dev.longe.core.Fault;
import dev.longe.core.NotHuman;
import dev.longe.core.Settlement;
import dev.longe.core.State;
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.core.Usage;
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
   * Opens the journal in {@code directory}. Creates it if it does not exist, and migrates its
   * schema to the present version.
   *
   * @param alive whether the process of the owner with an id still runs
   * @param access whether this process may write
   * @throws Fault also if a process of an earlier release still works on the journal
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
   * @param frame further events that are written with the submission
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
   * @throws IllegalStateException if the lease has a newer generation, or an event can't happen in
   *     {@code state}
   */
  public TaskState append(Lease lease, TaskState state, Instant now, List<Event> events) {
    return append(lease, state, now, events, _ -> 0);
  }

  /**
   * Adds the event of a human's word to a leased task and marks the word as taken, in one
   * transaction.
   *
   * @return the state after it
   * @throws IllegalStateException as {@link #append}
   */
  public TaskState take(Lease lease, TaskState state, Instant now, PostedWord word, Event event) {
    return append(lease, state, now, List.of(event), c -> Inbox.answer(c, word, Inbox.TAKEN));
  }

  private TaskState append(
      Lease lease, TaskState state, Instant now, List<Event> events, SqlWork<Integer> also) {
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
        Optional<Usage> spent = Settlement.of(one.event());
        if (spent.isPresent()) {
          Reservations.settle(c, lease.task(), spent.get());
        }
      }
      return rows.write(c, row) + also.on(c);
    });
    return after;
  }

  /**
   * An event with its JSON. It is created on the caller's thread, to keep the shared writing thread
   * free.
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

  /** The state of a task, read without folding its events. */
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

  /** The events of a task after the {@code n}-th, in order. */
  public List<JournalEntry> entriesAfter(TaskId task, int n) {
    return database.read(c ->
        Sql.list(c, rows::entry, ENTRY + "WHERE task = ? AND n > ? ORDER BY n", task.text(), n));
  }

  /** The rows of all tasks, the oldest first. */
  public List<TaskRow> rows() {
    return database.read(rows::all);
  }

  /** The rows of a short list, without details, the oldest first. */
  public List<TaskRow> lines(boolean closedToo) {
    return database.read(c -> TaskRows.lines(c, closedToo));
  }

  /** The row of a task, details included. */
  public TaskRow row(TaskId task) {
    return database.read(c -> TaskRows.one(c, task).orElseThrow());
  }

  /** Whether an engine has work for a task now. */
  public boolean isReady(TaskId task, Instant now) {
    return database.read(c -> Leases.isReady(c, task, now));
  }

  /**
   * The tasks for which an engine has work now, whose lease no running process holds, and whose
   * quota account has a free slot. Tasks with a human's word come first, then the oldest.
   */
  public List<TaskId> ready(Instant now, int max, Slots slots) {
    return database.read(c -> leases.ready(c, now, max, slots));
  }

  /** Takes the lease of a task; empty if another process holds it or no slot is free. */
  public Optional<Lease> lease(TaskId task, String owner, Slots slots) {
    return database.write(c -> leases.take(c, task, owner, slots));
  }

  /** Releases a lease and the money that is reserved for its task but not spent. */
  public void release(Lease lease) {
    database.write(c -> {
      leases.release(c, lease);
      Reservations.release(c, lease.task());
      return lease;
    });
  }

  /**
   * Releases the leases of processes that have ended, and their registrations as engines. What is
   * reserved for their tasks stays reserved until the next owner settles it.
   */
  public void sweep() {
    database.write(c -> {
      leases.sweep(c);
      return true;
    });
  }

  /** Registers this process as an engine; false if it is a {@code serve} and another one runs. */
  public boolean register(String owner, String kind, Instant now) {
    return database.write(c -> leases.register(c, owner, kind, now));
  }

  /** The owner of the running {@code serve}; empty if none runs. */
  public Optional<String> serving() {
    return database.write(leases::serving);
  }

  /** The owner of a task's lease; empty if there is none. */
  public Optional<String> owner(TaskId task) {
    return database.read(c -> Leases.owner(c, task));
  }

  /** Releases everything that this process holds. */
  public void leave(String owner) {
    database.write(c -> {
      leases.leave(c, owner);
      return owner;
    });
  }

  /** The local copies of tasks of another engine. */
  public Mirror mirror() {
    return new Mirror(database, codec, rows);
  }

  /** Moves whole tasks to and from another engine. */
  public Transfer transfer() {
    return new Transfer(database, codec, rows);
  }

  /** Queries over many tasks. */
  public Search search() {
    return new Search(database, codec, rows);
  }

  /** The words of humans that wait for an engine. */
  public Inbox inbox() {
    return new Inbox(database, codec);
  }

  /** The budgets that several tasks share. */
  public Budgets budgets() {
    return new Budgets(database);
  }

  /** The quota accounts that several tasks share. */
  public QuotaAccounts quotas() {
    return new QuotaAccounts(database);
  }

  @Override
  public void close() {
    database.close();
  }
}

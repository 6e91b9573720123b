package dev.longe.journal;

import dev.longe.core.TaskId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Stores which process works on which task. A lease is valid as long as its owner's process runs,
 * which {@code alive} tells.
 */
final class Leases {
  private final Predicate<String> alive;

  Leases(Predicate<String> alive) {
    this.alive = alive;
  }

  /**
   * All owners that hold a lease or are registered as an engine, including those that have ended.
   */
  static List<String> owners(SqlConnection c) throws SQLException {
    return Sql.list(
        c, r -> r.getString(1), "SELECT owner FROM leases UNION SELECT owner FROM engines");
  }

  /** Releases the leases of owners that have ended. Their tasks are ready again. */
  void sweep(SqlConnection c) throws SQLException {
    for (String owner : owners(c)) {
      if (!alive.test(owner)) {
        Sql.update(c, "DELETE FROM leases WHERE owner = ?", owner);
        Sql.update(c, "DELETE FROM engines WHERE owner = ?", owner);
      }
    }
  }

  static boolean isReady(SqlConnection c, TaskId task, Instant now) throws SQLException {
    return Sql.number(
            c,
            "SELECT (SELECT count(*) FROM tasks WHERE id = ?1 AND ready_at <= ?2)"
                + " + (SELECT count(*) FROM inbox WHERE task = ?1 AND result IS NULL)",
            task.text(),
            now.toEpochMilli())
        > 0;
  }

  /**
   * The ready tasks whose lease no running process holds and whose quota account has a free slot,
   * those with a human's word first.
   */
  List<TaskId> ready(SqlConnection c, Instant now, int max, Slots slots) throws SQLException {
    Held held = held(c);
    int looked = max + held.tasks().size();
    String full = held.full(slots);
    List<String> ids =
        new ArrayList<>(
            Sql.list(
                c,
                r -> r.getString(1),
                "SELECT inbox.task FROM inbox JOIN tasks ON tasks.id = inbox.task WHERE result IS"
                    + " NULL AND tasks.account NOT IN (SELECT value FROM json_each(?)) GROUP BY"
                    + " inbox.task ORDER BY min(inbox.id) LIMIT ?",
                full,
                looked));
    ids.addAll(
        Sql.list(
            c,
            r -> r.getString(1),
            "SELECT id FROM tasks WHERE ready_at IS NOT NULL AND ready_at <= ?"
                + " AND account NOT IN (SELECT value FROM json_each(?))"
                + " ORDER BY created LIMIT ?",
            now.toEpochMilli(),
            full,
            looked));
    return ids.stream()
        .distinct()
        .filter(id -> !held.tasks().contains(id))
        .limit(max)
        .map(TaskId::new)
        .toList();
  }

  /**
   * The leases of owners that still run.
   *
   * @param tasks whose lease is held
   * @param accounts how many leases each quota account has; the accounts without a lease are absent
   */
  private record Held(Set<String> tasks, Map<String, Integer> accounts) {
    /** The names of the agents whose quota account has no free slot, as a JSON array. */
    String full(Slots slots) {
      return slots.agentsWithoutSlot(accounts).stream()
          .collect(Collectors.joining("\",\"", "[\"", "\"]"));
    }
  }

  private Held held(SqlConnection c) throws SQLException {
    Set<String> tasks = new HashSet<>();
    Map<String, Integer> accounts = new HashMap<>();
    for (String owner : Sql.list(c, r -> r.getString(1), "SELECT DISTINCT owner FROM leases")) {
      if (alive.test(owner)) {
        tasks.addAll(
            Sql.list(c, r -> r.getString(1), "SELECT task FROM leases WHERE owner = ?", owner));
        Sql.list(c, r -> r.getString(1), "SELECT account FROM leases WHERE owner = ?", owner)
            .forEach(account -> accounts.merge(account, 1, Integer::sum));
      }
    }
    return new Held(tasks, accounts);
  }

  Optional<Lease> take(SqlConnection c, TaskId task, String owner, Slots slots)
      throws SQLException {
    sweep(c);
    Optional<String> account = agent(c, task).map(slots::account);
    if (account.isEmpty()
        || Sql.number(c, "SELECT count(*) FROM leases WHERE task = ?", task.text()) > 0
        || Sql.number(c, "SELECT count(*) FROM leases") >= slots.machine()
        || Sql.number(c, "SELECT count(*) FROM leases WHERE account = ?", account.get())
            >= slots.of(account.get())) {
      return Optional.empty();
    }
    Sql.update(
        c,
        "INSERT INTO leases (task, owner, account) VALUES (?,?,?)",
        task.text(),
        owner,
        account.get());
    Sql.update(
        c,
        "INSERT INTO generations VALUES (?, 1)"
            + " ON CONFLICT (task) DO UPDATE SET generation = generation + 1",
        task.text());
    return Optional.of(new Lease(task, owner, generation(c, task)));
  }

  /** The name of the agent that works on a task next. The column is named {@code account}. */
  private static Optional<String> agent(SqlConnection c, TaskId task) throws SQLException {
    return Sql.one(c, r -> r.getString(1), "SELECT account FROM tasks WHERE id = ?", task.text());
  }

  static Optional<String> owner(SqlConnection c, TaskId task) throws SQLException {
    return Sql.one(c, r -> r.getString(1), "SELECT owner FROM leases WHERE task = ?", task.text());
  }

  void release(SqlConnection c, Lease lease) throws SQLException {
    Sql.update(
        c, "DELETE FROM leases WHERE task = ? AND owner = ?", lease.task().text(), lease.owner());
  }

  /**
   * Refuses an effect of an owner that has lost the lease.
   *
   * @return the number of events of the task
   */
  static long fence(SqlConnection c, Lease lease) throws SQLException {
    return Sql.one(
            c,
            r -> r.getLong(1),
            """
            SELECT (SELECT max(n) FROM events WHERE task = ?1) FROM leases JOIN generations USING (task)
            WHERE task = ?1 AND owner = ?2 AND generation = ?3
            """,
            lease.task().text(),
            lease.owner(),
            lease.generation())
        .orElseThrow(() ->
            new IllegalStateException(
                "generation " + lease.generation() + " of " + lease.task() + " is over"));
  }

  private static long generation(SqlConnection c, TaskId task) throws SQLException {
    return Sql.number(c, "SELECT generation FROM generations WHERE task = ?", task.text());
  }

  /**
   * Registers a process as an engine; false if it is a {@code serve} and another one already runs.
   * A process that serves stays one that serves if it also runs a task.
   */
  boolean register(SqlConnection c, String owner, String kind, Instant now) throws SQLException {
    sweep(c);
    if (kind.equals("serve") && serving(c).isPresent()) {
      return false;
    }
    Sql.update(
        c,
        "INSERT INTO engines VALUES (?1,?2,?3) ON CONFLICT (owner)"
            + " DO UPDATE SET kind = ?2, since = ?3 WHERE ?2 = 'serve'",
        owner,
        kind,
        now.toEpochMilli());
    return true;
  }

  Optional<String> serving(SqlConnection c) throws SQLException {
    sweep(c);
    return Sql.one(c, r -> r.getString(1), "SELECT owner FROM engines WHERE kind = 'serve'");
  }

  void leave(SqlConnection c, String owner) throws SQLException {
    Sql.update(c, "DELETE FROM leases WHERE owner = ?", owner);
    Sql.update(c, "DELETE FROM engines WHERE owner = ?", owner);
  }
}

package dev.longe.journal;

import dev.longe.core.TaskId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Who works on what. A lease lasts as long as its owner; whether that lives is for {@code alive} to
 * say.
 */
final class Leases {
  private final Predicate<String> alive;

  Leases(Predicate<String> alive) {
    this.alive = alive;
  }

  /** All that hold a lease or are known as an engine, dead ones included. */
  static List<String> owners(SqlConnection c) throws SQLException {
    return Sql.list(
        c, r -> r.getString(1), "SELECT owner FROM leases UNION SELECT owner FROM engines");
  }

  /** Gives the leases of dead owners back; their tasks are ready for whoever asks next. */
  void sweep(SqlConnection c) throws SQLException {
    for (String owner : owners(c)) {
      if (!alive.test(owner)) {
        Sql.update(c, "DELETE FROM leases WHERE owner = ?", owner);
        Sql.update(c, "DELETE FROM engines WHERE owner = ?", owner);
      }
    }
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

  /** The name of the agent that works on a task next; its column is called after the account. */
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
   * Refuses an effect of an owner that has lost the task; answers with how many events the task
   * has.
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
   * Makes a process known as an engine; false if a {@code serve} works here already and this is
   * another one.
   */
  boolean register(SqlConnection c, String owner, String kind, Instant now) throws SQLException {
    sweep(c);
    if (kind.equals("serve") && serving(c).isPresent()) {
      return false;
    }
    Sql.update(c, "INSERT OR REPLACE INTO engines VALUES (?,?,?)", owner, kind, now.toEpochMilli());
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

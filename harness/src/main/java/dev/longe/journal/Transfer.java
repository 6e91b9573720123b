package dev.longe.journal;

import dev.longe.core.TaskId;
import java.util.List;

/**
 * Moves whole tasks between the journals of two engines. Safe for use by many threads.
 *
 * <p>Nothing is decided here: a task arrives with the events that the other engine's task loop has
 * appended.
 */
public final class Transfer {
  private final Database database;
  private final Codec codec;
  private final TaskRows rows;

  Transfer(Database database, Codec codec, TaskRows rows) {
    this.database = database;
    this.codec = codec;
    this.rows = rows;
  }

  /** Stores a task that another engine gives up. Events that are already stored are unchanged. */
  public void adopt(TaskId task, List<TimedEvent> told) {
    List<Journal.Stored> stored = Mirror.stored(codec, told);
    database.write(c -> Mirror.store(c, rows, task, 0, told, stored));
  }

  /**
   * Removes a task that another engine has adopted, together with its lease. The words to it that
   * nobody has taken are refused, so that whoever waits for their result gets one.
   *
   * @param why the reason of the refusal
   * @throws IllegalStateException if the lease is over
   */
  public void giveUp(Lease lease, String why) {
    String task = lease.task().text();
    database.write(c -> {
      long _ = Leases.fence(c, lease);
      Sql.update(c, "UPDATE inbox SET result = ? WHERE task = ? AND result IS NULL", why, task);
      Sql.update(c, "DELETE FROM events WHERE task = ?", task);
      Sql.update(c, "DELETE FROM leases WHERE task = ?", task);
      return Sql.update(c, "DELETE FROM tasks WHERE id = ?", task);
    });
  }
}

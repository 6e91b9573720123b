package dev.longe.journal;

import dev.longe.core.Event;
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import java.sql.SQLException;
import java.util.List;

/** Local copies of tasks that another engine works on. Safe for use by many threads. */
public final class Mirror {
  private final Database database;
  private final Codec codec;
  private final TaskRows rows;

  Mirror(Database database, Codec codec, TaskRows rows) {
    this.database = database;
    this.codec = codec;
    this.rows = rows;
  }

  /**
   * Stores events of a task from another engine. Events that are already stored are left unchanged.
   *
   * @param after number of the task's events before {@code told}
   */
  public void write(TaskId task, int after, List<TimedEvent> told) {
    List<Journal.Stored> stored = stored(codec, told);
    database.write(c -> store(c, rows, task, after, told, stored));
  }

  static List<Journal.Stored> stored(Codec codec, List<TimedEvent> told) {
    return told.stream().map(t -> Journal.Stored.of(codec, t.event())).toList();
  }

  static int store(
      SqlConnection c,
      TaskRows rows,
      TaskId task,
      int after,
      List<TimedEvent> told,
      List<Journal.Stored> stored)
      throws SQLException {
    long here = Sql.number(c, "SELECT count(*) FROM events WHERE task = ?", task.text());
    for (int i = (int) Math.max(0, here - after); i < stored.size(); i++) {
      Journal.insert(c, task, after + i + 1L, stored.get(i), told.get(i).at());
    }
    List<Event> all =
        Sql.list(c, rows::entry, Journal.ENTRY + "WHERE task = ? ORDER BY n", task.text()).stream()
            .map(JournalEntry::event)
            .toList();
    return rows.write(c, rows.values(TaskState.of(task, all), told.getLast().at()));
  }

  /** The number of stored events of a task. */
  public int count(TaskId task) {
    long n =
        database.read(
            c -> Sql.number(c, "SELECT count(*) FROM events WHERE task = ?", task.text()));
    return (int) n;
  }
}

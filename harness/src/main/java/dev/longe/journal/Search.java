package dev.longe.journal;

import dev.longe.core.Source;
import dev.longe.core.State;
import dev.longe.core.TaskId;
import java.util.List;

/** Finds tasks and events by their properties. Safe for use by many threads. */
public final class Search {
  private final Database database;
  private final TaskRows rows;

  Search(Database database, TaskRows rows) {
    this.database = database;
    this.rows = rows;
  }

  /**
   * Tasks whose accepted change has not landed on a target yet, in the order of their acceptance.
   */
  public List<TaskId> accepted(Source source) {
    return database.read(c ->
        Sql.list(
            c,
            r -> new TaskId(r.getString(1)),
            "SELECT e.task FROM events e JOIN tasks t ON t.id = e.task WHERE t.state = 'proposed'"
                + " AND t.repository = ? AND t.target = ? AND e.type = 'Accepted'"
                + " GROUP BY e.task ORDER BY max(e.seq)",
            source.repository(),
            source.target().orElse("")));
  }

  /** Tasks in one of two states, the oldest first. */
  public List<TaskId> in(State one, State other) {
    return database.read(c ->
        Sql.list(
            c,
            r -> new TaskId(r.getString(1)),
            "SELECT id FROM tasks WHERE state IN (?, ?) ORDER BY created",
            one.word(),
            other.word()));
  }

  /** The last events that contain a human's review, the newest first. */
  public List<JournalEntry> reviews(int max) {
    return database.read(c ->
        Sql.list(
            c,
            rows::entry,
            Journal.ENTRY
                + "WHERE type = 'Reviewed'"
                + " OR (type = 'Accepted' AND json_extract(body, '$.review') IS NOT NULL)"
                + " ORDER BY seq DESC LIMIT ?",
            max));
  }

  /** The events of this journal after the one with number {@code seq}, in order. */
  public List<JournalEntry> since(long seq, int max) {
    return database.read(c ->
        Sql.list(c, rows::entry, Journal.ENTRY + "WHERE seq > ? ORDER BY seq LIMIT ?", seq, max));
  }

  /** The ids that begin with {@code prefix}. */
  public List<TaskId> idsLike(String prefix) {
    return database.read(c ->
        Sql.list(
            c,
            r -> new TaskId(r.getString(1)),
            "SELECT id FROM tasks WHERE substr(id, 1, ?) = ? ORDER BY id LIMIT 10",
            prefix.length(),
            prefix));
  }
}

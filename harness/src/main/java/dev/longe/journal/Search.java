package dev.longe.journal;

import dev.longe.core.Event;
import dev.longe.core.Source;
import dev.longe.core.State;
import dev.longe.core.TaskId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Finds tasks and events by their properties. Safe for use by many threads. */
public final class Search {
  private static final int PAGE = 64;

  private final Database database;
  private final Codec codec;
  private final TaskRows rows;

  Search(Database database, Codec codec, TaskRows rows) {
    this.database = database;
    this.codec = codec;
    this.rows = rows;
  }

  /**
   * Tasks whose accepted change has not landed on a target yet, in the order of their acceptance.
   */
  public List<TaskId> accepted(Source source) {
    String types = codec.storedAs(Set.of("Accepted"));
    return database
        .read(c ->
            Sql.list(
                c,
                rows::entry,
                "SELECT seq, task, n, at, type, version, body FROM events WHERE task IN (SELECT id"
                    + " FROM tasks WHERE state = 'proposed' AND repository = ? AND target = ?) AND"
                    + " type IN (SELECT value FROM json_each(?)) ORDER BY seq DESC",
                source.repository(),
                source.target().orElse(""),
                types))
        .stream()
        .filter(e -> e.event() instanceof Event.Accepted)
        .map(JournalEntry::task)
        .distinct()
        .toList()
        .reversed();
  }

  /** Tasks in one of the states, the oldest first. */
  public List<TaskId> in(State... states) {
    String words = codec.text(Arrays.stream(states).map(State::word).toList());
    return database.read(c ->
        Sql.list(
            c,
            r -> new TaskId(r.getString(1)),
            "SELECT id FROM tasks WHERE state IN (SELECT value FROM json_each(?)) ORDER BY created",
            words));
  }

  /** The last events that contain a human's review, the newest first. */
  public List<JournalEntry> reviews(int max) {
    String types = codec.storedAs(Set.of("Reviewed", "Accepted"));
    List<JournalEntry> found = new ArrayList<>();
    long before = Long.MAX_VALUE;
    while (found.size() < max && before > 0) {
      List<JournalEntry> page = before(before, types);
      page.stream().filter(e -> e.event().review().isPresent()).forEach(found::add);
      before = page.size() < PAGE ? 0 : page.getLast().seq();
    }
    return found.stream().limit(max).toList();
  }

  private List<JournalEntry> before(long seq, String types) {
    return database.read(c ->
        Sql.list(
            c,
            rows::entry,
            Journal.ENTRY
                + "WHERE seq < ? AND type IN (SELECT value FROM json_each(?))"
                + " ORDER BY seq DESC LIMIT ?",
            seq,
            types,
            PAGE));
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

package dev.longe.journal;

import dev.longe.core.Event;
import dev.longe.core.TaskId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Words of humans, durable from any process until somebody takes them. Safe for use by many
 * threads.
 */
public final class Inbox {
  /** The result of a human's word that was taken. */
  public static final String TAKEN = "ok";

  private final Database database;
  private final Codec codec;

  Inbox(Database database, Codec codec) {
    this.database = database;
    this.codec = codec;
  }

  /** Leaves a human's word for whoever works on the task; answers with the word's number. */
  public long post(TaskId task, Event.Word word, Instant now) {
    return database.write(c -> {
      Sql.update(
          c,
          "INSERT INTO inbox (task, type, version, at, body) VALUES (?,?,?,?,?)",
          task.text(),
          EventTypes.name(word),
          codec.version(word),
          now.toEpochMilli(),
          codec.write(word));
      return Sql.number(c, "SELECT last_insert_rowid()");
    });
  }

  /** Words to a task that nobody has taken yet, in order. */
  public List<PostedWord> open(TaskId task) {
    return database.read(c ->
        Sql.list(
            c,
            r -> new PostedWord(r.getLong(1), new TaskId(r.getString(2)), word(r)),
            "SELECT id, task, type, version, body FROM inbox WHERE task = ? AND result IS NULL"
                + " ORDER BY id",
            task.text()));
  }

  private Event.Word word(ResultSet r) throws SQLException {
    return (Event.Word)
        codec.read(
            "Word " + r.getLong(1) + " of the inbox", r.getString(3), r.getInt(4), r.getString(5));
  }

  /** Notes what became of a word: {@code ok} or why it was refused. */
  public void answer(PostedWord command, String result) {
    database.write(
        c -> Sql.update(c, "UPDATE inbox SET result = ? WHERE id = ?", result, command.id()));
  }

  /** What became of a word; empty while nobody has taken it. */
  public Optional<String> result(long command) {
    return database.read(c ->
        Sql.one(
            c,
            r -> r.getString(1),
            "SELECT result FROM inbox WHERE id = ? AND result IS NOT NULL",
            command));
  }
}

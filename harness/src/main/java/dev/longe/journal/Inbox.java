package dev.longe.journal;

import dev.longe.core.Event;
import dev.longe.core.TaskId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Words of humans, posted by any process and stored until the engine that works on the task takes
 * them. Safe for use by many threads.
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

  /**
   * Stores a human's word for the engine that works on the task.
   *
   * @return the number of the word
   */
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

  /** The words to a task that are neither taken nor refused yet, in order. */
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

  /** Records that a word was refused, and why. */
  public void refuse(PostedWord command, String why) {
    database.write(c -> answer(c, command, why));
  }

  static int answer(SqlConnection c, PostedWord command, String result) throws SQLException {
    return Sql.update(c, "UPDATE inbox SET result = ? WHERE id = ?", result, command.id());
  }

  /** The result of a word: {@link #TAKEN} or why it was refused; empty if there is none yet. */
  public Optional<String> result(long command) {
    return database.read(c ->
        Sql.one(
            c,
            r -> r.getString(1),
            "SELECT result FROM inbox WHERE id = ? AND result IS NOT NULL",
            command));
  }
}

package dev.longe.journal;

import dev.longe.core.Fault;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * One SQLite file with one writing and one reading thread. Callers block until their work is
 * durable. Safe for use by many threads.
 */
final class Database implements AutoCloseable {
  /** How long a process waits for the transaction of another process. */
  private static final int BUSY_MILLIS = 30_000;

  private final Path file;
  private final WriteAccess access;
  private final DatabaseThread writer;
  private final DatabaseThread reader;

  Database(Path file, WriteAccess access) {
    this.file = file;
    this.access = access;
    this.writer = new DatabaseThread("longe-journal-writer", true, this::connect);
    this.reader = new DatabaseThread("longe-journal-reader", false, this::connect);
  }

  <T> T write(SqlWork<T> work) {
    access.require();
    return ask(writer, work);
  }

  <T> T read(SqlWork<T> work) {
    return ask(reader, work);
  }

  private <T> T ask(DatabaseThread lane, SqlWork<T> work) {
    try {
      return lane.run(work);
    } catch (SQLException e) {
      throw fault(e);
    }
  }

  @Override
  public void close() {
    reader.close();
    writer.close();
  }

  private SqlConnection connect() throws SQLException {
    SqlConnection link = new SqlConnection(DriverManager.getConnection("jdbc:sqlite:" + file));
    link.execute("PRAGMA busy_timeout=" + BUSY_MILLIS);
    link.execute("PRAGMA journal_mode=WAL");
    link.execute("PRAGMA synchronous=FULL");
    return link;
  }

  private Fault fault(SQLException e) {
    SQLiteErrorCode code =
        e instanceof SQLiteException s ? s.getResultCode() : SQLiteErrorCode.SQLITE_ERROR;
    String what =
        switch (code) {
          case SQLITE_FULL ->
              "The disk is full: the journal " + file + " can't be written. Free some space";
          case SQLITE_READONLY,
              SQLITE_READONLY_DIRECTORY,
              SQLITE_CANTOPEN,
              SQLITE_PERM,
              SQLITE_AUTH ->
              "The journal "
                  + file
                  + " can't be written; set LONGE_HOME to a directory of your own";
          case SQLITE_CORRUPT, SQLITE_NOTADB ->
              "The file "
                  + file
                  + " is not a journal or is damaged; move it away or restore it from a backup";
          case SQLITE_BUSY -> "Another process has locked the journal " + file + "; try again";
          default -> "The journal " + file + " can't be used";
        };
    return new Fault(what + " (" + e.getMessage() + ").", e);
  }
}

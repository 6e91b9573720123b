package dev.longe.journal;

import java.sql.SQLException;

/** Something to do with a connection; runs on a thread of the database. */
@FunctionalInterface
interface SqlWork<T> {
  T on(SqlConnection connection) throws SQLException;
}

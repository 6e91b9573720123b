package dev.longe.journal;

import java.sql.SQLException;

/** Work with a connection. It runs on a thread of the database. */
@FunctionalInterface
interface SqlWork<T> {
  T on(SqlConnection connection) throws SQLException;
}

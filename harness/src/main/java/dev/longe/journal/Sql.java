package dev.longe.journal;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs statements with positional parameters. */
final class Sql {
  private Sql() {}

  /** Reads one row. */
  @FunctionalInterface
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** Runs a statement that changes data; an empty {@code Optional} is written as null. */
  static int update(SqlConnection c, String sql, Object... parameters) throws SQLException {
    return prepare(c, sql, parameters).executeUpdate();
  }

  static <T> List<T> list(SqlConnection c, Row<T> row, String sql, Object... parameters)
      throws SQLException {
    List<T> all = new ArrayList<>();
    try (ResultSet rows = prepare(c, sql, parameters).executeQuery()) {
      while (rows.next()) {
        all.add(row.read(rows));
      }
    }
    return all;
  }

  static <T> Optional<T> one(SqlConnection c, Row<T> row, String sql, Object... parameters)
      throws SQLException {
    return list(c, row, sql, parameters).stream().findFirst();
  }

  static long number(SqlConnection c, String sql, Object... parameters) throws SQLException {
    return one(c, r -> r.getLong(1), sql, parameters).orElseThrow();
  }

  private static PreparedStatement prepare(SqlConnection c, String sql, Object... parameters)
      throws SQLException {
    PreparedStatement statement = c.statement(sql);
    for (int i = 0; i < parameters.length; i++) {
      Object value = parameters[i];
      if (value instanceof Optional<?> optional) {
        if (optional.isPresent()) {
          statement.setObject(i + 1, optional.get());
        } else {
          statement.setNull(i + 1, java.sql.Types.NULL);
        }
      } else {
        statement.setObject(i + 1, value);
      }
    }
    return statement;
  }
}

package dev.longe.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Statements with their parameters in order. */
final class Sql {
  private Sql() {}

  /** Reads one row. */
  @FunctionalInterface
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** Runs a changing statement; an empty {@code Optional} is written as null. */
  static int update(Connection c, String sql, Object... parameters) throws SQLException {
    try (PreparedStatement statement = prepare(c, sql, parameters)) {
      return statement.executeUpdate();
    }
  }

  static <T> List<T> list(Connection c, Row<T> row, String sql, Object... parameters)
      throws SQLException {
    List<T> all = new ArrayList<>();
    try (PreparedStatement statement = prepare(c, sql, parameters);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        all.add(row.read(rows));
      }
    }
    return all;
  }

  static <T> Optional<T> one(Connection c, Row<T> row, String sql, Object... parameters)
      throws SQLException {
    return list(c, row, sql, parameters).stream().findFirst();
  }

  static long number(Connection c, String sql, Object... parameters) throws SQLException {
    return one(c, r -> r.getLong(1), sql, parameters).orElseThrow();
  }

  private static PreparedStatement prepare(Connection c, String sql, Object... parameters)
      throws SQLException {
    PreparedStatement statement = c.prepareStatement(sql);
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

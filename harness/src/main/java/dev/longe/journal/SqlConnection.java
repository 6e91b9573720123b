package dev.longe.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/** A connection that compiles each statement once. Used by one thread only. */
final class SqlConnection implements AutoCloseable {
  private final Connection connection;
  private final Map<String, PreparedStatement> compiled = new HashMap<>();

  SqlConnection(Connection connection) {
    this.connection = connection;
  }

  /**
   * Returns the compiled statement of a text. It must be executed before the same text is requested
   * again.
   */
  PreparedStatement statement(String sql) throws SQLException {
    PreparedStatement known = compiled.get(sql);
    if (known == null) {
      known = connection.prepareStatement(sql);
      compiled.put(sql, known);
    }
    return known;
  }

  /** Runs a statement once, for its effect. */
  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}

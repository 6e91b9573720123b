package dev.longe.journal;

import dev.longe.core.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.function.Predicate;

/**
 * Brings a journal to the schema of this version: numbered scripts, one after the other, each in
 * the file once.
 */
final class Migrations {
  /** The newest schema; {@code NNN.sql} for each up to it. */
  static final int SCHEMA = 2;

  /** From this schema on an owner is the id of a lock file. */
  private static final int LOCK_FILES = 2;

  /** «LNGE» in the file's header, so that a foreign SQLite file is told from a journal. */
  private static final int APPLICATION = 0x4C4E4745;

  private Migrations() {}

  /** The schema version of the file; 0 for a new one. */
  static int version(SqlConnection connection, Path file) throws SQLException {
    int version = pragma(connection, "user_version");
    int application = pragma(connection, "application_id");
    if (version > SCHEMA) {
      throw new Fault(
          "The journal %s is from a newer Longe (schema %d, this one knows %d); use the newer Longe or another LONGE_HOME."
              .formatted(file, version, SCHEMA));
    }
    if (version > 0 && application != APPLICATION) {
      throw new Fault("The file " + file + " is not a journal of Longe; move it away.");
    }
    return version;
  }

  /**
   * Runs the scripts that the file lacks, inside the caller's transaction.
   *
   * @param alive whether the process of an owner's name still runs
   */
  static int migrate(SqlConnection connection, Path file, Predicate<String> alive)
      throws SQLException {
    for (int next = version(connection, file) + 1; next <= SCHEMA; next++) {
      if (next == LOCK_FILES) {
        refuseLiving(connection, file, alive);
      }
      for (String statement : script(next).split(";\\s*\\n")) {
        if (!statement.isBlank()) {
          connection.execute(statement);
        }
      }
      connection.execute("PRAGMA user_version=" + next);
      connection.execute("PRAGMA application_id=" + APPLICATION);
    }
    return SCHEMA;
  }

  /**
   * An earlier release would take the new owners for dead and the new one can't hold what it holds,
   * so they can't share a journal.
   */
  private static void refuseLiving(SqlConnection connection, Path file, Predicate<String> alive)
      throws SQLException {
    for (String owner : Leases.owners(connection)) {
      if (alive.test(owner)) {
        throw new Fault(
            "An earlier release of Longe still works on %s: process %s (host/boot/pid/start). End it, then try again."
                .formatted(file, owner));
      }
    }
  }

  private static int pragma(SqlConnection connection, String name) throws SQLException {
    try (ResultSet rows = connection.statement("PRAGMA " + name).executeQuery()) {
      return rows.getInt(1);
    }
  }

  private static String script(int number) {
    try (InputStream in = Migrations.class.getResourceAsStream("%03d.sql".formatted(number))) {
      byte[] bytes = java.util.Objects.requireNonNull(in).readAllBytes();
      return Arrays.stream(new String(bytes, StandardCharsets.UTF_8).split("\n"))
          .map(line -> line.replaceAll("--.*", ""))
          .reduce("", (a, b) -> a + b + "\n");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}

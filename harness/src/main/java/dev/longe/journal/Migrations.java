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
 * Migrates a journal to the schema of this version. Numbered scripts run in order, each once for a
 * file.
 */
final class Migrations {
  /** The newest schema version; there is one script {@code NNN.sql} for each version. */
  static final int SCHEMA = 2;

  /** The first schema version in which an owner is the id of a lock file. */
  private static final int LOCK_FILES = 2;

  /** «LNGE» in the header of the file; distinguishes a journal from other SQLite files. */
  private static final int APPLICATION = 0x4C4E4745;

  private Migrations() {}

  /** The schema version of the file; 0 for a new one. */
  static int version(SqlConnection connection, Path file) throws SQLException {
    int version = pragma(connection, "user_version");
    int application = pragma(connection, "application_id");
    if (version > SCHEMA) {
      throw new Fault(
          "The journal %s was written by a newer Longe (schema %d, this one supports %d); use the newer Longe or another LONGE_HOME."
              .formatted(file, version, SCHEMA));
    }
    if (version > 0 && application != APPLICATION) {
      throw new Fault("The file " + file + " is not a journal of Longe; move it away.");
    }
    return version;
  }

  /**
   * Runs the scripts that the file has not had yet, inside the caller's transaction.
   *
   * @param alive whether the process of the owner with a name still runs
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
   * Refuses to migrate while a process of an earlier release runs. That release would treat owners
   * of this release as ended, and this release can't lock what the earlier one owns, so they can't
   * share a journal.
   */
  private static void refuseLiving(SqlConnection connection, Path file, Predicate<String> alive)
      throws SQLException {
    for (String owner : Leases.owners(connection)) {
      if (alive.test(owner)) {
        throw new Fault(
            "An earlier release of Longe still uses %s: process %s (host/boot/pid/start). End it, then try again."
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

package dev.longe.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class DatabaseThreadTest {
  @TempDir Path temp;

  /** A class that is missing is an error, for example: whoever asks next must not wait for ever. */
  @Test
  void errorInOneCallersWork_isThrownToThatCaller_andTheNextOneIsServed() {
    try (Database database = new Database(temp.resolve("journal.db"), () -> {})) {
      assertThatThrownBy(() ->
              database.write(_ -> {
                throw new NoClassDefFoundError("gone");
              }))
          .isInstanceOf(NoClassDefFoundError.class);
      long written = database.write(c -> Sql.number(c, "SELECT 42"));
      assertThat(written).isEqualTo(42);
      assertThatThrownBy(() ->
              database.read(_ -> {
                throw new NoClassDefFoundError("gone");
              }))
          .isInstanceOf(NoClassDefFoundError.class);
      long read = database.read(c -> Sql.number(c, "SELECT 42"));
      assertThat(read).isEqualTo(42);
    }
  }
}

package dev.longe.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.cli.Terminal;
import dev.longe.journal.Released;
import dev.longe.testing.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The commands on a journal that a released version left, whose repository is gone. */
@Timeout(120)
final class OldJournalTest {
  @TempDir Path temp;

  static List<Path> journals() {
    return Released.databases();
  }

  @ParameterizedTest
  @Tag("I19")
  @MethodSource("journals")
  void everyTask_isListed_told_shown_andReplayed(Path journal) throws IOException {
    World.make(temp.resolve("home"));
    Files.copy(journal, temp.resolve("home/journal.db"));
    Terminal terminal = new Terminal(temp.resolve("home"), temp);
    JsonNode rows = terminal.json("ls", "-a", "--json");
    assertThat(rows.size()).isGreaterThan(20);
    for (JsonNode row : rows) {
      String task = row.path("id").asString();
      assertThat(terminal.longe("replay", task).exit()).as(task).isZero();
      assertThat(terminal.longe("log", task).out()).contains(row.path("title").asString());
      assertThat(terminal.longe("show", task).out()).contains(row.path("title").asString());
    }
  }
}

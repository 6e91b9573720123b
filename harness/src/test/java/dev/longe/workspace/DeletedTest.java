package dev.longe.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.home.Directories;
import dev.longe.testing.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DeletedTest {
  @TempDir Path temp;
  private Deleted deleted;

  @BeforeEach
  void begin() {
    deleted = new Deleted(Git.in(World.SANDBOX, temp, Map.of()), temp.resolve("deleted"));
  }

  @Test
  void taken_isGoneAtOnce_andDeletedLater() throws IOException {
    Path outside = World.write(temp.resolve("outside/file"), "stays");
    Path tree = temp.resolve("tree");
    World.write(tree.resolve("a/b/c"), "text");
    Files.createSymbolicLink(tree.resolve("link"), outside.getParent());
    deleted.take(tree);
    assertThat(tree).doesNotExist();
    World.until("it is deleted", () -> Directories.isEmpty(temp.resolve("deleted")));
    assertThat(outside).exists();
  }

  @Test
  void aLink_isTakenItself() throws IOException {
    Path outside = World.write(temp.resolve("outside/file"), "stays");
    Files.createSymbolicLink(temp.resolve("tree"), outside.getParent());
    deleted.take(temp.resolve("tree"));
    assertThat(Files.isSymbolicLink(temp.resolve("tree"))).isFalse();
    assertThat(outside).exists();
  }

  @Test
  void leftByAKilledHarness_isDeletedByFinish() {
    World.write(temp.resolve("deleted/1/file"), "left");
    deleted.finish();
    assertThat(temp.resolve("deleted")).doesNotExist();
  }

  @Test
  void absent_isNoError() {
    deleted.take(temp.resolve("absent"));
    deleted.finish();
    assertThat(temp.resolve("deleted")).doesNotExist();
  }
}

package dev.longe.workspace;

import dev.longe.home.Directories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Directories that nobody needs any more. They are deleted while the task goes on, because a large
 * one takes time.
 *
 * @param git commands of the harness
 * @param place where they are until they are deleted; on the same file system
 */
record Deleted(Git git, Path place) {
  /**
   * Takes a directory away, if it exists, and begins to delete it. What is not deleted when the
   * harness ends is deleted by {@link #finish}. Follows no link.
   */
  void take(Path directory) {
    if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Path moved = Directories.made(place).resolve(UUID.randomUUID().toString());
    try {
      Files.move(directory, moved);
    } catch (IOException e) {
      git.delete(directory); // an agent took away the permission to move it
      return;
    }
    Thread _ = Thread.ofVirtual().start(() -> deleteNow(moved));
  }

  private void deleteNow(Path moved) {
    Git.Result _ = git.tool("rm", "-rf", "--", moved.toString());
  }

  /** Deletes what is left. */
  void finish() {
    git.delete(place);
  }
}

package dev.longe.workspace;

import dev.longe.core.Fault;
import dev.longe.core.TaskId;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/**
 * Lock files of git that belong to one task: of its indexes, its git directory and its refs. Only
 * the owner of the task's lease runs git on them, one command after the other. So a lock file that
 * exists between two commands was left by a git process that was killed.
 */
final class Locks {
  private final List<Path> directories;
  private final Path branch;

  /**
   * @param directory the task's own
   * @param common the git directory of the user's repository
   */
  Locks(TaskId task, Path directory, Path common) {
    this.directories =
        List.of(
            directory,
            directory.resolve("agent"),
            directory.resolve(HarnessGit.NAME),
            common.resolve(Refs.of(task)));
    this.branch = common.resolve("refs/heads/" + Refs.branch(task) + ".lock");
  }

  /** Deletes the lock files. */
  void clear() {
    try {
      for (Path directory : directories) {
        if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
          clear(directory);
        }
      }
      Files.deleteIfExists(branch);
    } catch (IOException e) {
      throw new Fault("A lock file of git can't be removed: " + e.getMessage(), e);
    }
  }

  private static void clear(Path directory) throws IOException {
    try (DirectoryStream<Path> locks = Files.newDirectoryStream(directory, "*.lock")) {
      for (Path lock : locks) {
        Files.deleteIfExists(lock);
      }
    }
  }
}

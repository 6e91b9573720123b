package dev.longe.workspace;

import dev.longe.core.Fault;
import dev.longe.sandbox.Confinement.Overlay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Optional;

/**
 * A work tree of a task: an ordinary directory, or a layer on the prepared base that is mounted for
 * each process that uses it.
 *
 * @param directory the task's own
 * @param name the path of the tree below it, as the harness's commands see it
 * @param files what was written to the tree: the tree itself or the upper layer
 * @param seen its path for the processes of the task
 */
record WorkTree(Path directory, String name, Path files, Path seen, Optional<Overlay> layer) {
  static WorkTree plain(Path directory, String name) {
    Path tree = directory.resolve(name);
    return new WorkTree(directory, name, tree, tree, Optional.empty());
  }

  /**
   * @param scratch name of the directory with the layer
   * @param seen where the processes of the task see the tree
   */
  static WorkTree layered(Path directory, String scratch, PreparedBase base, Path seen) {
    Path place = directory.resolve(scratch);
    String name = directory.relativize(Overlay.merged(place)).toString();
    Overlay overlay = new Overlay(seen, base.layers(), place);
    return new WorkTree(directory, name, Overlay.upper(place), seen, Optional.of(overlay));
  }

  /** Whether it exists and is a directory, not a link. */
  boolean exists() {
    return Files.isDirectory(files, LinkOption.NOFOLLOW_LINKS);
  }

  Path index() {
    return directory.resolve(name + ".index");
  }

  /** A file whose time tells which files of the tree are newer than the tree. */
  Path mark() {
    return directory.resolve(TreeScan.mark(name));
  }

  /**
   * Gives the index the time at which the tree was made. Git compares times in seconds, and reads a
   * file whose time is not before that of the index: any file that may have changed since.
   */
  void ageIndex() {
    try {
      Files.setLastModifiedTime(index(), Files.getLastModifiedTime(mark()));
    } catch (IOException e) {
      throw new Fault("The index " + index() + " can't be written: " + e.getMessage(), e);
    }
  }

  /** Git with the index of this tree, which does not see the files of a layer. */
  Git index(HarnessGit harness) {
    return harness
        .git()
        .with("GIT_WORK_TREE", directory.resolve(name))
        .with("GIT_INDEX_FILE", index());
  }

  /** Git with this work tree and its index. */
  Git git(HarnessGit harness) {
    Git git = index(harness);
    return layer.map(git::mounting).orElse(git);
  }

  /** Whether a file of it was modified after {@code since}. */
  boolean changedSince(Instant since) {
    boolean[] found = {false};
    try {
      Files.walkFileTree(
          files,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              found[0] = attributes.lastModifiedTime().toInstant().isAfter(since);
              return found[0] ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found[0];
  }
}

package dev.longe.workspace;

import dev.longe.home.Directories;
import dev.longe.home.Sha256;
import dev.longe.sandbox.ExclusiveLock;
import dev.longe.sandbox.ExclusiveLock.Patience;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The objects of a user's repository, from which the repositories in ordinary trees borrow. It
 * contains no refs, and nothing in it names the user's repository. Safe for use by many threads and
 * processes: files are added and deleted under its lock.
 *
 * @param directory its own directory, below Longe's home
 */
public record ObjectStore(Path directory) implements Shared {
  /** The file in a task's directory that names its store. */
  private static final String OF_TASK = "store";

  private static final int NAME_BYTES = 16;

  private static final long KIB = 1024;

  /** The store for a repository. */
  public static ObjectStore of(Path stores, Repository repository) {
    String key = repository.common() + "\0" + repository.objectFormat();
    return new ObjectStore(stores.resolve(Sha256.beginning(key, NAME_BYTES)));
  }

  /** The store that a task needs; empty if its trees need none. */
  static Optional<ObjectStore> of(Path task) {
    return TextFile.path(task.resolve(OF_TASK)).map(ObjectStore::new);
  }

  /** The directory that a repository names to borrow from the store. */
  public Path objects() {
    return directory.resolve("objects");
  }

  @Override
  public Path ready() {
    return directory.resolve("ready");
  }

  /**
   * Takes the store for a task: makes it if it is not there, replaces what is damaged, and deletes
   * what the repository has no more.
   *
   * @param task the task's own directory
   * @param from the object directories of the repository
   * @return whether it was not there
   */
  boolean take(Path task, List<Path> from, Instant now, Patience patience) {
    try (ExclusiveLock _ = lock(patience)) {
      boolean made = !isReady();
      Directories.make(objects());
      TextFile.write(task.resolve(OF_TASK), directory.toString());
      new ObjectLinks(objects(), from).renew();
      TextFile.write(ready(), "");
      touch(now);
      return made;
    }
  }

  /** Adds what the repository has got since. */
  void update(List<Path> from, Patience patience) {
    try (ExclusiveLock _ = lock(patience)) {
      new ObjectLinks(objects(), from).update();
    }
  }

  private ExclusiveLock lock(Patience patience) {
    Path stores = Objects.requireNonNull(directory.getParent());
    Directories.make(stores);
    return ExclusiveLock.take(lock(), "copies objects of a repository", patience);
  }

  /**
   * Only the files that nothing else links to: the others are the user's own. Another task may
   * delete files meanwhile; they count nothing.
   */
  @Override
  public long kibibytes() {
    AtomicLong bytes = new AtomicLong();
    try {
      Files.walkFileTree(
          directory,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              bytes.addAndGet(own(file, attributes.size()));
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
              if (e instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
              }
              throw e;
            }
          });
    } catch (IOException e) {
      throw unreadable(e);
    }
    return bytes.get() / KIB;
  }

  private static long own(Path file, long size) throws IOException {
    try {
      boolean alone = Files.getAttribute(file, "unix:nlink").equals(1);
      return alone ? size : 0;
    } catch (NoSuchFileException e) {
      return 0;
    }
  }
}

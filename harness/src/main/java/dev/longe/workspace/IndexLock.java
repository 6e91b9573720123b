package dev.longe.workspace;

import dev.longe.core.Fault;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The lock that git itself takes before it changes an index: while it is held, the user's git can't
 * change the index or switch branches. Its content tells it from one that the user's git has taken.
 */
final class IndexLock implements AutoCloseable {
  private static final String CONTENT = "Longe lands a change here.\n";
  private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final Path gitDirectory;

  private IndexLock(Path gitDirectory) {
    this.gitDirectory = gitDirectory;
  }

  private static Path file(Path gitDirectory) {
    return gitDirectory.resolve("index.lock");
  }

  /** The other index, on which git works while the lock is held. */
  Path copy() {
    return gitDirectory.resolve("longe.index");
  }

  /** The result of waiting for the lock. */
  sealed interface Taken {
    record Held(IndexLock lock) implements Taken {}

    /** Another program holds it, or left it behind. */
    record Busy(Path file) implements Taken {}
  }

  /**
   * Waits five seconds at most for the lock. It appears with its content in one step, so that a
   * killed process never leaves one that nobody recognises.
   */
  static Taken take(Path gitDirectory) {
    Path made = gitDirectory.resolve("longe.index-lock");
    long end = System.nanoTime() + WAIT_NANOS;
    try {
      Files.writeString(made, CONTENT);
      while (!linked(file(gitDirectory), made)) {
        if (System.nanoTime() > end) {
          return new Taken.Busy(file(gitDirectory));
        }
        LockSupport.parkNanos(LOOK_NANOS);
      }
      return new Taken.Held(new IndexLock(gitDirectory));
    } catch (IOException e) {
      throw new Fault("The index in " + gitDirectory + " can't be locked: " + e.getMessage(), e);
    } finally {
      remove(made);
    }
  }

  private static boolean linked(Path link, Path made) throws IOException {
    try {
      Files.createLink(link, made);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  /** Whether a process of Longe holds the lock, or was killed while it did. */
  static boolean isThere(Path gitDirectory) {
    try {
      return Files.size(file(gitDirectory)) == CONTENT.length()
          && Files.readString(file(gitDirectory)).equals(CONTENT);
    } catch (IOException e) {
      return false; // there is none, or git replaces it at this moment
    }
  }

  /** The lock that a killed process has left; only for the holder of the repository's lock. */
  static IndexLock left(Path gitDirectory) {
    return new IndexLock(gitDirectory);
  }

  /** Copies the index, with its time: git compares it with the times of files. */
  void copyIndex() {
    remove(copy().resolveSibling("longe.index.lock"));
    try {
      Files.copy(
          gitDirectory.resolve("index"),
          copy(),
          StandardCopyOption.REPLACE_EXISTING,
          StandardCopyOption.COPY_ATTRIBUTES);
    } catch (IOException e) {
      throw new Fault("The index in " + gitDirectory + " can't be read: " + e.getMessage(), e);
    }
  }

  /** Makes the other index the index, in one step. */
  void publish() {
    try {
      Files.move(
          copy(),
          gitDirectory.resolve("index"),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new Fault("The index in " + gitDirectory + " can't be written: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    remove(copy());
    remove(copy().resolveSibling("longe.index.lock"));
    remove(file(gitDirectory));
  }

  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new Fault("The file " + file + " can't be deleted: " + e.getMessage(), e);
    }
  }
}

package dev.longe.workspace;

import dev.longe.core.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * A directory below Longe's home that tasks share. It is deleted when no task needs it. Each task
 * that needs it has a file in its own directory that says so.
 */
public sealed interface Shared permits PreparedBase, ObjectStore {
  /** The directory; it is deleted as a whole. */
  Path directory();

  /** Its size on disk, in KiB: what its deletion makes free. */
  long kibibytes();

  /** The file that is written last; its time says when a task last began to use the directory. */
  Path ready();

  /** The file that is locked while the directory is made, taken by a task, or deleted. */
  default Path lock() {
    return directory().resolveSibling(directory().getFileName() + ".lock");
  }

  /** Whether it is complete. */
  default boolean isReady() {
    return Files.exists(ready());
  }

  /** Notes that a task uses it now. */
  default void touch(Instant now) {
    try {
      Files.setLastModifiedTime(ready(), FileTime.from(now));
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** When a task last began to use it. */
  default Instant used() {
    try {
      return Files.getLastModifiedTime(ready()).toInstant();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** The shared directories that a task needs. */
  static Stream<Shared> of(Path task) {
    return Stream.concat(PreparedBase.of(task).stream(), ObjectStore.of(task).stream());
  }

  /** That its files can't be read. */
  default Fault unreadable(IOException e) {
    return new Fault("The directory " + directory() + " can't be read: " + e.getMessage(), e);
  }
}

package dev.longe.sandbox;

import dev.longe.core.Fault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A file that this process holds an exclusive lock on until it ends. The kernel releases the lock
 * when the process is gone, however it ended. Safe for use by many threads.
 *
 * <p>The lock belongs to the whole process, and closing any descriptor of the file releases it.
 * That is why a file that this process holds is never opened a second time: it is known by device
 * and inode, so that a link to it is recognised too.
 */
final class LockFile {
  private static final Pattern NAME = Pattern.compile("[0-9a-f]{32}\\.lock");
  private static final int ID_BYTES = 16;

  /** A file that was just made is lost only to somebody who collects old files at that moment. */
  private static final int TRIES = 20;

  private static final int NOTE_BYTES_MAX = 1_000;

  /** What this process holds, by device and inode; guarded by the class's monitor. */
  private static final Map<Object, LockFile> HELD = new HashMap<>();

  private final Path path;
  private final String note;
  private final FileChannel channel;

  private LockFile(Path path, String note, FileChannel channel) {
    this.path = path;
    this.note = note;
    this.channel = channel;
  }

  /**
   * Makes a new lock file under a random name and locks it. Old files whose lock nobody holds are
   * deleted before.
   *
   * @param note what the file says to a person who opens it
   * @throws Fault if the directory can't be written, or its file system has no locks
   */
  static synchronized LockFile take(Path directory, String note) {
    try {
      Files.createDirectories(directory);
      collect(directory);
      for (int i = 0; i < TRIES; i++) {
        Optional<LockFile> made = make(directory.resolve(newId() + ".lock"), note);
        if (made.isPresent()) {
          HELD.put(key(made.get().path), made.get());
          return made.get();
        }
      }
    } catch (IOException e) {
      throw new Fault(
          "The directory %s can't hold lock files; set LONGE_HOME to a directory of your own on a local file system (%s)."
              .formatted(directory, e),
          e);
    }
    throw new Fault("Other processes delete the new lock files in " + directory + "; try again.");
  }

  /** Empty if a collector took the new file before it was locked. */
  private static Optional<LockFile> make(Path path, String note) throws IOException {
    FileChannel channel =
        FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    boolean locked = false;
    try {
      locked = channel.tryLock() != null && Files.exists(path);
      if (!locked) {
        return Optional.empty();
      }
      int _ = channel.write(ByteBuffer.wrap(note.getBytes(StandardCharsets.UTF_8)));
      return Optional.of(new LockFile(path, note, channel));
    } finally {
      if (!locked) {
        Files.deleteIfExists(path);
        channel.close();
      }
    }
  }

  private static void collect(Path directory) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, LockFile::named)) {
      for (Path file : files) {
        boolean _ = held(file, () -> Files.deleteIfExists(file));
      }
    }
  }

  /** Whether a path has the name of a lock file. */
  static boolean named(Path path) {
    return NAME.matcher(String.valueOf(path.getFileName())).matches();
  }

  /**
   * Whether some process, this one included, holds the lock of a file. A missing file is held by
   * nobody; of one that can't be read nothing is known, so it counts as held.
   */
  static boolean held(Path path) {
    return held(path, () -> true);
  }

  /** What is done with a file while nobody can lock it. */
  private interface Free {
    boolean run() throws IOException;
  }

  /**
   * The test takes a shared lock, so that two who test at once don't see each other as the owner.
   */
  private static synchronized boolean held(Path path, Free free) {
    try {
      if (!Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
              .isRegularFile()
          || HELD.containsKey(key(path))) {
        return true;
      }
      try (FileChannel channel =
          FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
        if (channel.tryLock(0, Long.MAX_VALUE, true) == null) {
          return true;
        }
        boolean _ = free.run();
        return false;
      }
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  /** What a lock file says to a person; empty if it is gone or can't be read. */
  static synchronized Optional<String> note(Path path) {
    try {
      Optional<LockFile> own = Optional.ofNullable(HELD.get(key(path)));
      if (own.isPresent()) {
        return own.map(o -> o.note);
      }
      try (FileChannel channel =
          FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
        ByteBuffer bytes = ByteBuffer.allocate(NOTE_BYTES_MAX);
        int _ = channel.read(bytes);
        return Optional.of(StandardCharsets.UTF_8.decode(bytes.flip()).toString().strip());
      }
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Device and inode. */
  private static Object key(Path path) throws IOException {
    return Objects.requireNonNull(
        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey());
  }

  /** A random name that no other lock file has. */
  static String newId() {
    byte[] bytes = new byte[ID_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  Path path() {
    return path;
  }

  /** Deletes the file and gives the lock back. */
  void release() {
    synchronized (LockFile.class) {
      HELD.values().remove(this);
      try (channel) {
        Files.deleteIfExists(path);
      } catch (IOException e) {
        throw new Fault("The lock file %s can't be deleted (%s).".formatted(path, e), e);
      }
    }
  }
}

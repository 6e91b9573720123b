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
 * A file on which this process holds an exclusive lock until it ends. The kernel releases the lock
 * in every case. Safe for use by many threads.
 *
 * <p>The lock belongs to the whole process, and closing any descriptor of the file releases it. For
 * this reason a file that this process holds is never opened a second time. It is identified by
 * device and inode, so that links to it are recognised too.
 */
final class LockFile {
  private static final Pattern NAME = Pattern.compile("[0-9a-f]{32}\\.lock");
  private static final int ID_BYTES = 16;

  /**
   * Attempts to create a file. One fails only if another process deletes old files at that moment.
   */
  private static final int TRIES = 20;

  private static final int NOTE_BYTES_MAX = 1_000;

  /** The files that this process holds, by device and inode; guarded by the class's monitor. */
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
   * Creates a new lock file with a random name and locks it. Deletes old files that are not locked
   * first.
   *
   * @param note content of the file, for a person who opens it
   * @throws Fault if the directory is not writable, or its file system does not support locks
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

  /**
   * Creates and locks a file; empty if another process deleted the new file before it was locked.
   */
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
   * Whether a process, including this one, holds the lock of a file. A missing file counts as not
   * held; a file that can't be read counts as held.
   */
  static boolean held(Path path) {
    return held(path, () -> true);
  }

  /** An action on a file while no other process can lock it exclusively. */
  private interface Free {
    boolean run() throws IOException;
  }

  /**
   * Tests with a shared lock, so that two processes that test at the same time don't take each
   * other for the owner.
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

  /** The content of a lock file; empty if it does not exist or can't be read. */
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

  /** The key of a file: device and inode. */
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

  /** Deletes the file and releases the lock. */
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

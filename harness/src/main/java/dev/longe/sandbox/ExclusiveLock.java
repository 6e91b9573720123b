package dev.longe.sandbox;

import dev.longe.core.Fault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * A lock that one thread of one process holds at a time. The kernel releases it when the process
 * ends, however it ends; the file stays. Safe for use by many threads.
 *
 * <p>As for {@link LockFile}: closing any descriptor of the file releases the lock, so a file that
 * this process holds is never opened a second time.
 */
public final class ExclusiveLock implements AutoCloseable {
  private static final long LOOK_MILLIS = 20;
  private static final Duration TELL_AFTER = Duration.ofSeconds(2);
  private static final int NOTE_BYTES_MAX = 1_000;

  /** The locks that this process holds, by device and inode; guarded by the class's monitor. */
  private static final Map<Object, ExclusiveLock> HELD = new HashMap<>();

  private final FileChannel channel;
  private final String note;

  private ExclusiveLock(FileChannel channel, String note) {
    this.channel = channel;
    this.note = note;
  }

  /**
   * How long to wait for a lock.
   *
   * @param max wall time after which {@link #take} fails
   * @param givenUp whether the lock is no longer wanted
   * @param told receives one line if the wait takes longer than two seconds
   */
  public record Patience(Duration max, BooleanSupplier givenUp, Consumer<String> told) {}

  /**
   * Waits until the lock is free, and takes it.
   *
   * @param file is created if it does not exist; never deleted
   * @param what the lock is held for, for those who wait
   * @throws Fault if the wait is over, or the file can't be locked
   */
  public static ExclusiveLock take(Path file, String what, Patience patience) {
    String note = note(what);
    long began = System.nanoTime();
    boolean told = false;
    while (true) {
      Attempt attempt = attempt(file, note);
      if (attempt.taken().isPresent()) {
        return attempt.taken().get();
      }
      Duration waited = Duration.ofNanos(System.nanoTime() - began);
      if (waited.compareTo(patience.max()) > 0 || patience.givenUp().getAsBoolean()) {
        throw new Fault(
            "It waited %d s for another process of Longe: %s."
                .formatted(waited.toSeconds(), attempt.holder()));
      }
      if (!told && waited.compareTo(TELL_AFTER) > 0) {
        told = true;
        patience.told().accept("Waiting for another process of Longe: " + attempt.holder());
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS));
    }
  }

  /** Takes the lock if it is free. */
  public static Optional<ExclusiveLock> tryTake(Path file, String what) {
    return attempt(file, note(what)).taken();
  }

  private static String note(String what) {
    return "process %d on %s %s".formatted(ProcessHandle.current().pid(), Owners.machine(), what);
  }

  /** Either the lock, or the note of its holder. */
  private record Attempt(Optional<ExclusiveLock> taken, String holder) {}

  private static synchronized Attempt attempt(Path file, String note) {
    try {
      Optional<ExclusiveLock> own =
          Files.exists(file) ? Optional.ofNullable(HELD.get(key(file))) : Optional.empty();
      if (own.isPresent()) {
        return new Attempt(Optional.empty(), own.get().note);
      }
      FileChannel channel =
          FileChannel.open(
              file,
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              LinkOption.NOFOLLOW_LINKS);
      boolean locked = false;
      try {
        locked = channel.tryLock() != null;
        if (!locked) {
          return new Attempt(Optional.empty(), read(channel));
        }
        channel.truncate(0);
        int _ = channel.write(ByteBuffer.wrap(note.getBytes(StandardCharsets.UTF_8)), 0);
        ExclusiveLock taken = new ExclusiveLock(channel, note);
        HELD.put(key(file), taken);
        return new Attempt(Optional.of(taken), note);
      } finally {
        if (!locked) {
          channel.close();
        }
      }
    } catch (IOException e) {
      throw new Fault("The file " + file + " can't be locked: " + e.getMessage(), e);
    }
  }

  private static String read(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(NOTE_BYTES_MAX);
    int _ = channel.read(bytes, 0);
    return StandardCharsets.UTF_8.decode(bytes.flip()).toString().strip();
  }

  private static Object key(Path file) throws IOException {
    return Objects.requireNonNull(
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey());
  }

  /** Releases the lock. */
  @Override
  public void close() {
    synchronized (ExclusiveLock.class) {
      HELD.values().remove(this);
      try (channel) {
        channel.truncate(0);
      } catch (IOException e) {
        throw new Fault("A lock can't be released: " + e.getMessage(), e);
      }
    }
  }
}

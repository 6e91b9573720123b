package dev.longe.sandbox;

import dev.longe.core.NotHuman;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The owners of leases and processes in one {@code LONGE_HOME}, and whether they still run.
 *
 * <p>An owner is a lock file. Its process holds the lock, and the kernel releases it when the
 * process ends, in every case. The answer is therefore the same in every pid namespace and
 * container that shares the directory; pids are not used. The file is created when a process first
 * takes a lease, works as an engine or starts a process of an attempt or a check. A process that
 * only reads creates none. Safe for use by many threads.
 */
public final class Owners implements AutoCloseable {
  private final Path directory;
  private final Environment environment;
  private Optional<LockFile> own = Optional.empty();
  private Optional<Outside> outside = Optional.empty();

  /** The cached answer to whether this process may only read. */
  private record Outside(Optional<String> refusal) {}

  /**
   * @param directory the directory of the home's lock files; it need not exist
   * @param environment the one with which this process was started
   */
  public Owners(Path directory, Environment environment) {
    this.directory = directory.toAbsolutePath().normalize();
    this.environment = environment;
  }

  /**
   * The owner id of this process. The first call creates its lock file.
   *
   * @throws NotHuman if this process belongs to an attempt or a check
   * @throws dev.longe.core.Fault if the lock file can't be created
   */
  public String own() {
    String name = String.valueOf(file().getFileName());
    return name.substring(0, name.indexOf('.'));
  }

  /** The lock file of this process; created by the first call. */
  synchronized Path file() {
    if (own.isEmpty()) {
      requireOutside();
      String note = "process %d on %s%n".formatted(ProcessHandle.current().pid(), machine());
      own = Optional.of(LockFile.take(directory, note));
    }
    return own.get().path();
  }

  /** Where the containers of this home are recorded. */
  Path containers() {
    return directory.resolveSibling("containers");
  }

  /** The owner id of this process; empty if it has none yet. */
  public synchronized Optional<String> known() {
    return own.map(_ -> own());
  }

  /** Whether the process with this owner id still runs. */
  public boolean alive(String id) {
    return EarlierOwner.parse(id).map(EarlierOwner::alive).orElseGet(() -> LockFile.held(path(id)));
  }

  /** A description of an owner for people: process and machine. */
  public String describe(String id) {
    return EarlierOwner.parse(id)
        .map(o -> "process " + o.pid() + " on " + o.host())
        .or(() -> LockFile.note(path(id)))
        .orElse("a process that has ended");
  }

  private Path path(String id) {
    return directory.resolve(id + ".lock");
  }

  /** Returns why this process may only read; empty if it may act for a human. */
  public synchronized Optional<String> refusal() {
    if (outside.isEmpty()) {
      outside = Optional.of(new Outside(Marker.inside(environment)));
    }
    return outside.get().refusal();
  }

  /**
   * Returns if a human started this process.
   *
   * @throws NotHuman if this process belongs to an attempt or a check
   */
  public void requireOutside() {
    refusal()
        .ifPresent(why -> {
          throw new NotHuman(why);
        });
  }

  /** The name of this machine, for people and for the journal. No decision depends on it. */
  public static String machine() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip().replace('/', '_');
    } catch (IOException e) {
      return "localhost";
    }
  }

  /** Releases everything that this process owns by deleting its lock file. */
  @Override
  public synchronized void close() {
    own.ifPresent(LockFile::release);
    own = Optional.empty();
  }
}

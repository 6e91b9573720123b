package dev.longe.sandbox;

import dev.longe.core.NotHuman;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Who may own leases and processes in one {@code LONGE_HOME}, and which of the owners still lives.
 *
 * <p>An owner is a lock file. Its process holds the lock, and the kernel releases it when the
 * process ends, however it ends; so the answer is the same in every pid namespace and container
 * that shares the directory, and no pid decides anything. The file is made when a process first
 * takes a lease, works as an engine or starts a process of an attempt or a check; who only reads
 * makes none. Safe for use by many threads.
 */
public final class Owners implements AutoCloseable {
  private final Path directory;
  private final Environment environment;
  private Optional<LockFile> own = Optional.empty();
  private Optional<Outside> outside = Optional.empty();

  /** What was found out about this process. */
  private record Outside(Optional<String> refusal) {}

  /**
   * @param directory where the lock files of a home lie; it need not exist yet
   * @param environment the one with which this process was started
   */
  public Owners(Path directory, Environment environment) {
    this.directory = directory.toAbsolutePath().normalize();
    this.environment = environment;
  }

  /**
   * The id under which this process owns; its lock file is made by the first call.
   *
   * @throws NotHuman if this process belongs to an attempt or a check
   * @throws dev.longe.core.Fault if lock files can't be made there
   */
  public String own() {
    String name = String.valueOf(file().getFileName());
    return name.substring(0, name.indexOf('.'));
  }

  /** The lock file of this process. */
  synchronized Path file() {
    if (own.isEmpty()) {
      requireOutside();
      String note = "process %d on %s%n".formatted(ProcessHandle.current().pid(), machine());
      own = Optional.of(LockFile.take(directory, note));
    }
    return own.get().path();
  }

  /** The id of this process, if it has one already. */
  public synchronized Optional<String> known() {
    return own.map(_ -> own());
  }

  /** Whether the process that owns under this id still lives. */
  public boolean alive(String id) {
    return EarlierOwner.parse(id).map(EarlierOwner::alive).orElseGet(() -> LockFile.held(path(id)));
  }

  /** An owner as a person may look for it: process and machine. */
  public String describe(String id) {
    return EarlierOwner.parse(id)
        .map(o -> "process " + o.pid() + " on " + o.host())
        .or(() -> LockFile.note(path(id)))
        .orElse("a process that has ended");
  }

  private Path path(String id) {
    return directory.resolve(id + ".lock");
  }

  /** Why this process may only read; empty if it may act for a human. */
  public synchronized Optional<String> refusal() {
    if (outside.isEmpty()) {
      outside = Optional.of(new Outside(Marker.inside(environment)));
    }
    return outside.get().refusal();
  }

  /**
   * Does nothing in a process that a human started.
   *
   * @throws NotHuman in one that belongs to an attempt or a check
   */
  public void requireOutside() {
    refusal()
        .ifPresent(why -> {
          throw new NotHuman(why);
        });
  }

  /** The name of this machine, for people and for the journal; it decides nothing. */
  public static String machine() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip().replace('/', '_');
    } catch (IOException e) {
      return "localhost";
    }
  }

  /** Gives up what this process owns: its lock file goes. */
  @Override
  public synchronized void close() {
    own.ifPresent(LockFile::release);
    own = Optional.empty();
  }
}

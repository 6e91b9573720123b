package dev.longe.temporal;

import dev.longe.agent.SessionFiles;
import dev.longe.core.Fault;
import dev.longe.core.TaskId;
import dev.longe.home.Home;
import dev.longe.workspace.Fence;
import dev.longe.workspace.Remote;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The data of a task that moves between machines besides its candidates: the agent's session,
 * transcripts and receipts, stored as the tree of one commit. Also keeps this machine's notes on
 * the task.
 */
final class SessionBundle {
  /** The largest file that is included, in bytes; git hosts refuse files of 100 MB. */
  private static final long FILE_BYTES_MAX = 32L << 20;

  private final Home home;
  private final Remote remote;
  private final TaskId task;
  private final Path directory;

  SessionBundle(Home home, Remote remote, TaskId task) {
    this.home = home;
    this.remote = remote;
    this.task = task;
    this.directory = home.root().resolve("luggage").resolve(task.text());
  }

  private Path memory(String name) {
    return directory.resolveSibling(task.text() + "." + name);
  }

  /** Whether the trees on this machine are those of the previous claim. */
  boolean stayed(long generation) {
    return read(memory("generation"))
        .map(Long::parseLong)
        .filter(g -> g == generation - 1 || g == generation)
        .isPresent();
  }

  void mark(long generation) {
    write(memory("generation"), Long.toString(generation));
  }

  void rename(String session) {
    write(memory("session"), session);
  }

  Optional<String> renamed() {
    return read(memory("session"));
  }

  /** The session that was fetched with the task; empty if there is none. */
  Optional<Path> session() {
    boolean came = remote.unpack(Remote.ref(task, Remote.KEPT) + "^{tree}", directory);
    return came
        ? Optional.of(directory.resolve(Remote.SESSION)).filter(Files::isDirectory)
        : Optional.empty();
  }

  /** Adds a session to the bundle; returns false if the agent has none that can be moved. */
  boolean pack(String session, Optional<SessionFiles> files) {
    Path archive = directory.resolve(Remote.SESSION);
    delete(archive);
    if (files.isEmpty()) {
      return false;
    }
    make(archive);
    try {
      files.get().pack(session, archive);
    } catch (Fault e) {
      delete(archive);
      return false;
    }
    return light(archive);
  }

  /** The write of the present content, to be done under the task's claim. */
  Fence.Write write() {
    copy(home.transcripts(task), directory.resolve(Remote.TRANSCRIPTS));
    copy(home.receipts(task), directory.resolve(Remote.RECEIPTS));
    make(directory);
    return new Fence.Write(
        Remote.ref(task, Remote.KEPT), remote.pack(directory, "longe: " + task), Optional.empty());
  }

  void remove() {
    delete(directory);
    for (String name : List.of("generation", "session", "index")) {
      delete(memory(name));
    }
  }

  private static boolean light(Path archive) {
    try (Stream<Path> all = Files.walk(archive)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        if (Files.size(file) > FILE_BYTES_MAX) {
          delete(archive);
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      throw unwritable(archive, e);
    }
  }

  private static void copy(Path from, Path to) {
    if (!Files.isDirectory(from)) {
      return;
    }
    make(to);
    try (Stream<Path> all = Files.list(from)) {
      for (Path file : all.toList()) {
        if (Files.size(file) <= FILE_BYTES_MAX) {
          Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.REPLACE_EXISTING);
        }
      }
    } catch (IOException e) {
      throw unwritable(to, e);
    }
  }

  private static void make(Path path) {
    try {
      Files.createDirectories(path);
    } catch (IOException e) {
      throw unwritable(path, e);
    }
  }

  private static void delete(Path path) {
    if (!Files.exists(path)) {
      return;
    }
    try (Stream<Path> all = Files.walk(path)) {
      for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(one);
      }
    } catch (IOException e) {
      throw unwritable(path, e);
    }
  }

  private static void write(Path file, String text) {
    make(file.resolveSibling("."));
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  private static Optional<String> read(Path file) {
    try {
      return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  private static Fault unwritable(Path path, IOException e) {
    return new Fault("The file " + path + " can't be used: " + e.getMessage(), e);
  }
}

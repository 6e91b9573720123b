package dev.longe.effects;

import dev.longe.agent.Agent;
import dev.longe.core.Fault;
import dev.longe.home.Directories;
import dev.longe.home.FileProblem;
import dev.longe.sandbox.Confinement.Bind;
import dev.longe.sandbox.Confinement.Overlay;
import dev.longe.sandbox.ExclusiveLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The state of an agent as one task sees it. Directories of the user's state are overlays, whose
 * changes stay with the task. Directories of sessions are the task's own, so the sessions of tasks
 * and those of the user do not mix. Files are copies, made anew for each run of the agent. Only a
 * refreshed log-in reaches the user's own state.
 *
 * @param home the user's home directory
 * @param directory the directory of this agent in the task's workspace
 * @param lock the file that is locked while a log-in of the user is replaced
 */
record AgentState(Agent.StatePaths paths, Path home, Path directory, Path lock) {
  private static final Duration LOCK_WAIT = Duration.ofSeconds(10);

  /** What the agent may change without changing the original. */
  List<Overlay> overlays() {
    return paths.directories().stream()
        .map(d -> new Overlay(d, List.of(Files.isDirectory(d) ? d : empty()), layer(d)))
        .toList();
  }

  /** What the agent sees in the place of the user's; {@link #make} has made it. */
  List<Bind> binds() {
    return Stream.concat(
            paths.sessions().stream().map(s -> new Bind(s, sessions(s), true)),
            paths.files().stream()
                .filter(f -> Files.exists(copy(f)))
                .map(f -> new Bind(f, copy(f), true)))
        .toList();
  }

  /** Prepares a run of the agent: it sees the user's present log-in and files. */
  void begin() {
    List<String> _ = end();
    make();
    logIns().forEach(LogIn::lend);
  }

  /** Makes the directories and the copies of files. */
  void make() {
    Directories.make(empty());
    try {
      for (Path own : paths.directories()) {
        open(Directories.made(Overlay.upper(layer(own))));
        if (!own.startsWith(home)) {
          Directories.make(own); // a place to mount on can't be made outside of the home directory
        }
      }
      for (Path own : paths.sessions()) {
        open(Directories.made(sessions(own)));
      }
      for (Path file : paths.files()) {
        Directories.make(copy(file).resolveSibling(""));
        Files.deleteIfExists(copy(file));
        if (Files.isRegularFile(file)) {
          Files.copy(file, copy(file), StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    } catch (IOException e) {
      throw new Fault("The agent's state can't be prepared: " + FileProblem.of(e), e);
    }
  }

  /**
   * Gives the user the log-ins that the agent has refreshed. Call it when no process of the agent
   * is alive.
   *
   * @return what the user should know
   */
  List<String> end() {
    List<String> remarks = new ArrayList<>();
    ExclusiveLock.Patience patience = new ExclusiveLock.Patience(LOCK_WAIT, () -> false, _ -> {});
    try (ExclusiveLock _ = ExclusiveLock.take(lock, "updates a log-in", patience)) {
      logIns().forEach(l -> l.takeBack().ifPresent(remarks::add));
    } catch (Fault e) {
      remarks.add("The agent's log-in can't be updated: " + e.getMessage());
    }
    return remarks;
  }

  private List<LogIn> logIns() {
    return paths.credentials().stream()
        .map(c ->
            new LogIn(
                c,
                Overlay.upper(layer(c.resolveSibling(""))).resolve(c.getFileName()),
                directory.resolve("lent").resolve(name(c)),
                directory.resolve("trash")))
        .toList();
  }

  /** An agent can take away every right on a directory that it sees as its own. */
  private static void open(Path directory) throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
  }

  private Path empty() {
    return directory.resolve("empty");
  }

  private Path layer(Path own) {
    return directory.resolve("layers").resolve(name(own));
  }

  private Path sessions(Path own) {
    return directory.resolve("sessions").resolve(name(own));
  }

  private Path copy(Path file) {
    return directory.resolve("files").resolve(name(file));
  }

  private static String name(Path path) {
    return path.toString().replace('/', '_');
  }
}

package dev.longe.agent;

import dev.longe.core.Capabilities;
import dev.longe.sandbox.Place;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A coding agent. Thread-safe. */
public interface Agent {
  Capabilities can();

  /** The agent's program; empty if it needs none of its own. */
  default Optional<Program> program() {
    return Optional.empty();
  }

  /** Whether the agent has credentials. Does not call the provider. */
  default Login login() {
    return Login.unknown("needs no credentials that Longe knows of");
  }

  /**
   * Access to the agent's sessions as files; empty if they can't be moved to another machine.
   *
   * @param place where the agent works
   */
  default Optional<SessionFiles> sessions(Place place) {
    return Optional.empty();
  }

  /**
   * Command that opens one of the agent's sessions in its own program, for a human; empty if there
   * is none.
   *
   * @param directory the agent's working directory
   */
  default List<String> sessionCommand(String session, Path directory) {
    return List.of();
  }

  /** Names of the environment variables that the process gets in addition to the basic ones. */
  default List<String> variables() {
    return List.of();
  }

  /** Paths outside the workspace that the agent must be able to read when it runs confined. */
  default List<Path> readable() {
    return List.of();
  }

  /**
   * Whether the harness itself reads and writes files of the tree for the agent, or starts
   * processes in it beside the agent. Its tree must be an ordinary directory then.
   */
  default boolean needsOrdinaryTree() {
    return false;
  }

  /** What the agent keeps outside of the workspace. */
  default StatePaths state() {
    return StatePaths.NONE;
  }

  /**
   * The absolute paths of what an agent keeps outside of the workspace.
   *
   * @param directories of settings and of everything else
   * @param files with settings, outside of these directories
   * @param sessions directories that hold nothing but sessions and their traces; parts of the
   *     directories, or apart from them
   * @param credentials files with a log-in that the agent refreshes by itself: JSON objects, each
   *     directly in one of the directories. One that does not exist is omitted.
   */
  record StatePaths(
      List<Path> directories, List<Path> files, List<Path> sessions, List<Path> credentials) {
    /** Of an agent that keeps nothing. */
    public static final StatePaths NONE =
        new StatePaths(List.of(), List.of(), List.of(), List.of());

    public StatePaths {
      directories = List.copyOf(directories);
      files = List.copyOf(files);
      sessions = List.copyOf(sessions);
      credentials = List.copyOf(credentials);
      for (Path file : credentials) {
        if (!directories.contains(file.getParent())) {
          throw new IllegalArgumentException(file + " is in no directory of the agent's state");
        }
      }
    }

    /** All but the credentials, which are in the directories. */
    public List<Path> all() {
      return Stream.of(directories, files, sessions).flatMap(List::stream).toList();
    }

    /** The state of an agent with one directory, by the names in this directory. */
    public static StatePaths in(Path directory, List<String> sessions, List<String> credentials) {
      return new StatePaths(
          List.of(directory),
          List.of(),
          sessions.stream().map(directory::resolve).toList(),
          credentials.stream().map(directory::resolve).toList());
    }
  }

  /**
   * Starts one attempt. Events are delivered on threads of the driver, one at a time.
   *
   * @throws dev.longe.core.Fault if the agent's program can't be started
   */
  AgentRun start(Assignment assignment, Consumer<AgentEvent> events);
}

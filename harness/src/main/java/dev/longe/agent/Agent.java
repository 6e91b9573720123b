package dev.longe.agent;

import dev.longe.core.Capabilities;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A coding agent. Safe for use by many threads. */
public interface Agent {
  Capabilities can();

  /** Its program; empty where it needs none of its own. */
  default Optional<Program> program() {
    return Optional.empty();
  }

  /** Whether it has credentials; spends nothing. */
  default Login login() {
    return Login.unknown("needs none that Longe knows of");
  }

  /** Its sessions as files; empty where they can't be taken elsewhere. */
  default Optional<SessionFiles> sessions() {
    return Optional.empty();
  }

  /**
   * The command by which a human opens one of its sessions in its own program; empty where there is
   * none.
   */
  default List<String> sessionCommand(String session) {
    return List.of();
  }

  /** Names of the environment variables that its process gets besides the basic ones. */
  default List<String> variables() {
    return List.of();
  }

  /** Paths outside the workspace that it must be able to read when it is shut in. */
  default List<Path> readable() {
    return List.of();
  }

  /**
   * Paths outside the workspace that it must be able to write when it is shut in: its own state.
   */
  default List<Path> statePaths() {
    return List.of();
  }

  /**
   * Starts one attempt. Events come on threads of the driver, one at a time.
   *
   * @throws dev.longe.core.Fault if its program can't be started
   */
  AgentRun start(Assignment assignment, Consumer<AgentEvent> events);
}

package dev.longe.agent;

import dev.longe.core.Capabilities;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

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

  /** Access to the agent's sessions as files; empty if they can't be moved to another machine. */
  default Optional<SessionFiles> sessions() {
    return Optional.empty();
  }

  /**
   * Command that opens one of the agent's sessions in its own program, for a human; empty if there
   * is none.
   */
  default List<String> sessionCommand(String session) {
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
   * Paths outside the workspace that the agent must be able to write when it runs confined: its own
   * state.
   */
  default List<Path> statePaths() {
    return List.of();
  }

  /**
   * Starts one attempt. Events are delivered on threads of the driver, one at a time.
   *
   * @throws dev.longe.core.Fault if the agent's program can't be started
   */
  AgentRun start(Assignment assignment, Consumer<AgentEvent> events);
}

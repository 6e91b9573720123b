package dev.longe.tasks;

import java.nio.file.Path;
import java.util.List;

/** The directory in which a task's agent works, for a human who takes it over. */
public sealed interface AgentTree {
  /**
   * It is on this machine.
   *
   * @param session the command that opens the agent's own session; empty where its driver has none
   */
  record Here(Path directory, List<String> session) implements AgentTree {
    public Here {
      session = List.copyOf(session);
    }
  }

  /** It is on a worker's machine. */
  record OnWorker() implements AgentTree {}

  /** It was removed. */
  record Gone() implements AgentTree {}
}

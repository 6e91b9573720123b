package dev.longe.agent;

import dev.longe.core.Usage;
import java.util.Optional;

/** An event of a running agent. */
public sealed interface AgentEvent {
  /** The session has a name by which it can be continued. */
  record Started(String session, Optional<String> model) implements AgentEvent {}

  /** Text that the agent wrote; for display only. */
  record Said(String text) implements AgentEvent {}

  record ToolCalled(String tool, String detail) implements AgentEvent {}

  record ToolReturned(String tool, boolean failed) implements AgentEvent {}

  /** What this attempt has used so far. */
  record Used(Usage usage) implements AgentEvent {}

  /** A line of output exactly as received, for the transcript. */
  record Raw(String line) implements AgentEvent {}
}

package dev.longe.effects;

import dev.longe.agent.AgentRun;
import dev.longe.core.Usage;
import dev.longe.engine.Reachable;
import java.time.Duration;
import java.util.Optional;

/**
 * A running attempt, as its supervision sees it. A stopped attempt still sends {@link Signal.Over}.
 */
public interface LiveAttempt extends Reachable {
  /** Something that the loop has to know about the attempt. */
  sealed interface Signal {
    record Named(String session, Optional<String> model) implements Signal {}

    record Used(Usage usage) implements Signal {}

    /** The attempt is over, and none of its processes is alive. */
    record Over(AgentRun.Ending ending) implements Signal {}
  }

  /** The next signal; empty if none came within {@code patience}. */
  Optional<Signal> next(Duration patience);

  /** How long the agent has printed nothing. */
  Duration silence();

  /** Whether the agent has changed a file or used the processor during its present silence. */
  boolean worksSilently();
}

package dev.longe.effects;

import dev.longe.agent.AgentRun;
import dev.longe.core.Usage;
import dev.longe.engine.Reachable;
import java.time.Duration;
import java.util.Optional;

/**
 * An attempt while it runs, as its supervision sees it. When it is stopped, its {@link Signal.Over}
 * still comes.
 */
public interface LiveAttempt extends Reachable {
  /** What the loop has to know of it. */
  sealed interface Signal {
    record Named(String session, Optional<String> model) implements Signal {}

    record Used(Usage usage) implements Signal {}

    /** It is over, and nothing of it is alive. */
    record Over(AgentRun.Ending ending) implements Signal {}
  }

  /** The next signal; empty if none came within {@code patience}. */
  Optional<Signal> next(Duration patience);

  /** How long it has shown nothing. */
  Duration silence();

  /** Whether it changed a file or used the processor since it fell silent. */
  boolean worksSilently();
}

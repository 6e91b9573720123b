package dev.longe.effects;

import dev.longe.core.Money;
import dev.longe.core.TaskState;
import dev.longe.core.policy.Decision;
import dev.longe.engine.Effects;
import dev.longe.engine.Supervised;
import java.time.InstantSource;

/** Effects whose agents run beside their loop, in one process. */
public interface LiveEffects extends Effects {
  /** Sends the prompt to the agent. */
  LiveAttempt start(TaskState task, Decision.Start start);

  /** The time by which an attempt is held to its limits. */
  InstantSource clock();

  @Override
  default void attempt(Supervised loop, TaskState asked, Decision.Start start, Money granted) {
    new Supervision(loop, start(asked, start), clock(), granted).follow();
  }
}

package dev.longe.effects;

import dev.longe.core.Money;
import dev.longe.core.TaskState;
import dev.longe.core.policy.Decision;
import dev.longe.engine.Effects;
import dev.longe.engine.Supervised;
import java.time.InstantSource;

/** Effects whose agents are supervised in the process of the task loop. */
public interface LiveEffects extends Effects {
  /** Starts an attempt: sends the prompt to the agent. */
  LiveAttempt start(TaskState task, Decision.Start start);

  /** The clock for the limits of attempts. */
  InstantSource clock();

  @Override
  default void attempt(Supervised loop, TaskState asked, Decision.Start start, Money granted) {
    new Supervision(loop, start(asked, start), clock(), granted).follow();
  }
}

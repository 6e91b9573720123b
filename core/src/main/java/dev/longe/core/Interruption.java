package dev.longe.core;

import java.util.Optional;

/**
 * What a human's pause or stop means while a setup, a check or a landing runs. Tasks of release
 * 0.1.0, which recorded no policy, are decided as that release did.
 */
final class Interruption {
  private Interruption() {}

  /**
   * The state in which the task continues when it is resumed; empty if a new decision is needed.
   */
  static Optional<State> of(TaskState s, Event.Decided e) {
    boolean byHuman = e.reason() == Reason.PAUSED || e.reason() == Reason.STOPPED_BY_USER;
    if (!byHuman || s.policySet().isEmpty()) {
      return Optional.empty();
    }
    return switch (s.state()) {
      case PREPARING -> Optional.of(s.state());
      case CHECKING -> s.last().filter(Attempt::wantsChecks).map(_ -> s.state());
      case WAITING -> s.interruptedIn();
      case QUEUED, ATTEMPTING, ASKING, PROPOSED, STOPPED, LANDED, DISCARDED -> Optional.empty();
    };
  }

  /** Whether a stop ends the landing and nothing else: the task stays proposed. */
  static boolean endsOnlyTheLanding(TaskState s) {
    return s.policySet().isPresent();
  }
}

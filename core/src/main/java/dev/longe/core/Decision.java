package dev.longe.core;

import java.util.Optional;

/** What the harness is to do now. */
public sealed interface Decision {
  /** Take the task out of the queue. */
  record Claim() implements Decision {}

  /** Make clone and check checkout. */
  record Prepare() implements Decision {}

  /** See whether a red check fails on the base. */
  record CheckBase(CheckSpec check) implements Decision {}

  /** Write down a decision; it has its own consequences. */
  record Take(Event.Decided decided) implements Decision {}

  /**
   * Send a prompt to an agent.
   *
   * @param session counts from 1
   * @param agent index into the loop's agents
   * @param resume the agent's own name of the session that goes on
   */
  record Start(
      int attempt,
      int session,
      int agent,
      AgentSpec spec,
      Move move,
      Reason reason,
      Optional<String> resume)
      implements Decision {}

  /** Make the work of a stopped attempt a candidate. */
  record Snapshot(int attempt) implements Decision {}

  /** Run a check on the newest candidate. */
  record Check(int attempt, CheckSpec check) implements Decision {}

  /** Bring the accepted candidate to its ref. */
  record Land(Event.Accepted accepted) implements Decision {}

  /** Nothing, until the running attempt ends, the wait is over, or a human speaks. */
  record Rest() implements Decision {}
}

package dev.longe.core.policy;

import dev.longe.core.AgentSpec;
import dev.longe.core.CheckSpec;
import dev.longe.core.Event;
import dev.longe.core.Move;
import dev.longe.core.Reason;
import java.util.Optional;

/** The next step that the harness carries out for a task. */
public sealed interface Decision {
  /** Take the task out of the queue. */
  record Claim() implements Decision {}

  /** Create the agent's clone and the checkout for checks. */
  record Prepare() implements Decision {}

  /** Run a check marked {@code red} on the base, where it must fail. */
  record CheckBase(CheckSpec check) implements Decision {}

  /** Record a decision; the next step follows from it. */
  record Take(Event.Decided decided) implements Decision {}

  /** Find out one fact that decides whether an attempt or a judge may start, then decide again. */
  record Admit(AdmissionFact fact) implements Decision {
    /** The facts that can defer a start. */
    public enum AdmissionFact {
      /** Whether the reviewers have time for more work. */
      REVIEWERS,
      /** Whether the quota of the task's agent is used up. */
      QUOTA,
      /** How much money is available. Asking reserves it. */
      MONEY
    }
  }

  /** Wait, because an admission fact does not allow the start. */
  record Defer(Event.Deferred deferred) implements Decision {}

  /**
   * Send a prompt to an agent.
   *
   * @param session counts from 1
   * @param agent index into the loop's agents
   * @param resume the agent's own name of the session to continue
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

  /** Make a candidate from the work of an ended attempt. */
  record Snapshot(int attempt) implements Decision {}

  /** Run a check on the newest candidate. */
  record Check(int attempt, CheckSpec check) implements Decision {}

  /** Land the accepted candidate on its ref. */
  record Land(Event.Accepted accepted) implements Decision {}

  /** Do nothing until the running attempt ends, the wait is over, or a human gives a word. */
  record Rest() implements Decision {}
}

package dev.longe.core.policy;

import dev.longe.core.AgentSpec;
import dev.longe.core.CheckSpec;
import dev.longe.core.Event;
import dev.longe.core.Move;
import dev.longe.core.Reason;
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
   * Learn one fact before an attempt or a judge may start, and decide again with what is known
   * then.
   */
  record Admit(Question question) implements Decision {
    /** What can hold a start up. */
    public enum Question {
      /** Do the reviewers have time for more work? */
      REVIEWERS,
      /** Is the quota of the task's agent used up? */
      QUOTA,
      /** How much money is there? It is reserved by asking. */
      MONEY
    }
  }

  /** Wait: what was asked for a start holds it up. */
  record Defer(Event.Deferred deferred) implements Decision {}

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

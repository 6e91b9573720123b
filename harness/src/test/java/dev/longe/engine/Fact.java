package dev.longe.engine;

/** What is checked of every simulated night, each by the world's own records. */
enum Fact {
  /** The history of the target carries a landed task once, and no other task. */
  LANDED_ONCE,
  /** Nothing that was ever on the target is gone from its history. */
  TARGET_KEPT,
  /** What lands has passed every check of its loop on exactly that commit. */
  LANDED_PASSED,
  /**
   * Whatever tree an agent left is under a ref before the next agent starts, and before a check.
   */
  TREES_SAVED,
  /** No two agents of one task live at once. */
  ONE_AGENT,
  /** No two living processes hold one task. */
  ONE_OWNER,
  /** No more tasks are worked on at once than there are slots, in all and for each account. */
  SLOTS_KEPT,
  /** No agent lives while its tree is saved, checked or landed. */
  AGENTS_GONE,
  /** Each attempt of the world stands in the journal once, with the end that it really had. */
  ENDS_TOLD,
  /** Attempts, tasks and accounts cost in the journal what they really cost. */
  COST_BOOKED,
  /** A cost that no agent told is unknown, and only such a one. */
  UNKNOWN_TOLD,
  /** No task passes its limits by more than one step that nobody could see in time. */
  TASK_LIMITED,
  /** No day is passed by more than one such step of each agent. */
  DAY_KEPT,
  /** A human's word is taken once, or refused with a reason and not taken. */
  WORDS_ONCE,
  /** A decision about a candidate is taken only for the one that the human saw. */
  SEEN_DECIDED,
  /** No attempt of an account starts while the provider holds it back. */
  BREAKER_HOLDS,
  /** No agent starts before the red check was seen to fail on the base. */
  RED_SEEN,
  /** No agent starts after a human's stop or pause before a human's word lets it. */
  STOP_HOLDS,
  /** The decider takes each decision of the journal again. */
  REPLAYS,
  /** Once nothing disturbs it, every task comes to rest. */
  COMES_TO_REST,
  /** The harness finds no fault of its own. */
  NO_FAULT
}

package dev.longe.engine;

/** A part of the harness, or of what stands in for the world, that is broken on purpose. */
enum Sabotage {
  /** All is well. */
  NONE(Fact.NO_FAULT),
  /** Does not look whether the change has landed already. */
  LANDS_WITHOUT_LOOKING(Fact.LANDED_ONCE),
  /** Moves the target whatever it is at. */
  MOVES_WITHOUT_COMPARING(Fact.TARGET_KEPT),
  /** Tells of checks that they passed. */
  MASKS_CHECK(Fact.LANDED_PASSED),
  /** Makes a candidate under no ref. */
  SKIPS_SNAPSHOT(Fact.TREES_SAVED),
  /** Starts the agent twice. */
  STARTS_TWICE(Fact.ONE_AGENT),
  /** Leaves the agent alive at its end. */
  LEAVES_AGENT(Fact.AGENTS_GONE),
  /** Tells of a check that passes on the base that it failed. */
  CALLS_GREEN_RED(Fact.RED_SEEN),
  /** Takes a living owner for a dead one. */
  SWEEPS_LIVING(Fact.ONE_OWNER),
  /** Gives leases beyond the slots. */
  IGNORES_SLOTS(Fact.SLOTS_KEPT),
  /** Writes down another end than the agent's own. */
  TELLS_ANOTHER_END(Fact.ENDS_TOLD),
  /** Books nothing for an attempt. */
  LOSES_SETTLE(Fact.COST_BOOKED),
  /** Books nothing for a judge. */
  LOSES_JUDGE(Fact.COST_BOOKED),
  /** Takes an unknown cost for nothing. */
  CALLS_UNKNOWN_ZERO(Fact.UNKNOWN_TOLD),
  /** Asks no account of the day. */
  FORGETS_THE_DAY(Fact.DAY_KEPT),
  /** Raises the limits of a task that is resumed. */
  RAISES_LIMIT(Fact.TASK_LIMITED),
  /** Does not note that a word was taken. */
  TAKES_WORDS_AGAIN(Fact.WORDS_ONCE),
  /** Notes words as taken, and takes none. */
  LOSES_WORDS(Fact.WORDS_ONCE),
  /** Takes a decision about another candidate than the one that the human saw. */
  TAKES_ANY_DECISION(Fact.SEEN_DECIDED),
  /** Finds every breaker closed. */
  IGNORES_BREAKER(Fact.BREAKER_HOLDS),
  /** Does not write a human's stop down. */
  IGNORES_STOP(Fact.STOP_HOLDS),
  /** Writes down another reason than the decider gave. */
  DECIDES_OTHERWISE(Fact.REPLAYS),
  /** Takes tasks and does nothing for them. */
  DOES_NOTHING(Fact.COMES_TO_REST),
  /** Writes an event that can't be. */
  WRITES_NONSENSE(Fact.NO_FAULT);

  private final Fact breaks;

  Sabotage(Fact breaks) {
    this.breaks = breaks;
  }

  /** The fact that does not hold with it. */
  Fact breaks() {
    return breaks;
  }
}

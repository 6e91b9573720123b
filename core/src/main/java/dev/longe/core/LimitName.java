package dev.longe.core;

/** The limits of a task, each with its unit. */
public enum LimitName {
  /** Attempts that the agent itself ended; waiting for a quota uses none. */
  ATTEMPTS,
  /** US dollars. */
  MONEY,
  /** Counted tokens, see {@link Tokens#counted()}. */
  TOKENS,
  /** Wall time in which agents and checks ran. */
  TIME,
  /** Time of one attempt without output, without a changed file and without processor use. */
  SILENCE,
  /** Bytes that one attempt printed. */
  OUTPUT,
  /** Lines added and removed against the base. */
  DIFF,
  /** US dollars that all tasks of this loop spend in a day. */
  DAY;

  /** The key in a loop file. */
  public String key() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}

package dev.longe.journal;

/**
 * Whether this process may write to a journal. It is asked before every write, so that a process of
 * an attempt or a check can read tasks but submit nothing, leave no word, take no lease and end no
 * other's: whoever opens the journal, and for whatever command.
 */
@FunctionalInterface
public interface WriteAccess {
  /**
   * Does nothing if it may.
   *
   * @throws dev.longe.core.NotHuman if it may not
   */
  void require();
}

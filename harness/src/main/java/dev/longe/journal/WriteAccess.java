package dev.longe.journal;

/**
 * Whether this process may write to a journal. It is asked before every write, so that a process of
 * an attempt or a check can read tasks, but can't submit tasks, post words, take leases or release
 * those of others. This applies to every command.
 */
@FunctionalInterface
public interface WriteAccess {
  /**
   * Returns if this process may write.
   *
   * @throws dev.longe.core.NotHuman if it may not
   */
  void require();
}

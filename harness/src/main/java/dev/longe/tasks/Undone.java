package dev.longe.tasks;

import dev.longe.core.Commit;

/**
 * A landed change that was reverted.
 *
 * @param change its commit
 * @param revert the commit that reverts it
 * @param ref the branch of both
 */
public record Undone(Commit change, Commit revert, String ref) {}

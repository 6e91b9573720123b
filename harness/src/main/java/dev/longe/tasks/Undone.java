package dev.longe.tasks;

import dev.longe.core.Commit;

/**
 * A landed change that was taken back.
 *
 * @param change its commit
 * @param revert the commit that takes it back
 * @param ref the branch of both
 */
public record Undone(Commit change, Commit revert, String ref) {}

package dev.longe.journal;

import dev.longe.core.TaskId;

/**
 * The right of one process to work on one task; effects with an older {@code generation} are
 * refused.
 */
public record Lease(TaskId task, String owner, long generation) {}

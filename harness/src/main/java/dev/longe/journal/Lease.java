package dev.longe.journal;

import dev.longe.core.TaskId;

/**
 * The right of one process to work on one task; {@code generation} fences it against earlier
 * owners.
 */
public record Lease(TaskId task, String owner, long generation) {}

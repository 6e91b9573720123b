package dev.longe.core;

import java.time.Instant;

/**
 * Money that was reserved for a task.
 *
 * @param money US dollars; zero if none was available
 * @param more the latest time at which more is available: the start of the next day's budgets
 */
public record Grant(Money money, Instant more) {}

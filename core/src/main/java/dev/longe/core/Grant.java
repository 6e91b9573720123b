package dev.longe.core;

import java.time.Instant;

/**
 * Money that was reserved for a task.
 *
 * @param money US dollars; zero where none was to be had
 * @param more when more is there at the latest: the day's budgets begin anew
 */
public record Grant(Money money, Instant more) {}

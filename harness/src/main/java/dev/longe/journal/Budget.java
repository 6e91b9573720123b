package dev.longe.journal;

import dev.longe.core.Money;

/**
 * A named amount that several tasks together may spend in one day: all tasks, or all tasks of a
 * loop.
 */
public record Budget(String name, Money limit) {}

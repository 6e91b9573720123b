package dev.longe.journal;

import dev.longe.core.Money;

/** What several tasks together may spend, by its name: of a day, or of a loop on a day. */
public record Budget(String name, Money limit) {}

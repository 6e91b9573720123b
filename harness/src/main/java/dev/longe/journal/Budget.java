package dev.longe.journal;

import dev.longe.core.Money;

/** A place where money is counted, with the most that may be spent there. */
public record Budget(String name, Money limit) {}

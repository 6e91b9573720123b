package dev.longe.engine;

import dev.longe.core.Money;
import java.time.Instant;

/**
 * Money that was reserved.
 *
 * @param money zero for nothing
 * @param retry when more may be there
 */
public record Grant(Money money, Instant retry) {}

package dev.longe.journal;

import dev.longe.core.Money;
import java.time.Instant;
import java.util.Optional;

/**
 * A task as a list shows it.
 *
 * @param state the word of a {@code core.State}
 * @param reason the code of a {@code core.Reason}
 * @param checks a JSON array of {@code {name, verdict, receipt}}
 * @param known the known part of the cost
 * @param costSource {@code reported}, {@code computed} or {@code unknown}
 */
public record TaskRow(
    String id,
    String state,
    Optional<String> reason,
    String note,
    String title,
    String loop,
    String mode,
    String repository,
    Optional<String> target,
    int attempts,
    Optional<String> candidate,
    String checks,
    Money known,
    String costSource,
    long tokens,
    Instant created,
    Instant updated) {}

package dev.longe.journal;

import java.util.Optional;

/**
 * A task in a short list; words and units as in {@link TaskRow}.
 *
 * @param waits why no machine works on it although it could go on; empty where one does
 */
public record TaskLine(
    String id,
    String state,
    Optional<String> reason,
    int attempts,
    long knownMicros,
    boolean costUnknown,
    String title,
    String waits) {}

package dev.longe.journal;

import dev.longe.core.Event;
import java.time.Instant;

/** An event with the time at which an engine recorded it. */
public record TimedEvent(Instant at, Event event) {}

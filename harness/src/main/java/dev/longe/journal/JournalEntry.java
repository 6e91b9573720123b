package dev.longe.journal;

import dev.longe.core.Event;
import dev.longe.core.TaskId;
import java.time.Instant;

/**
 * An event as stored in the journal.
 *
 * @param seq unique and ascending in the whole journal
 * @param n counts from 1 in its task
 * @param body the event as JSON, exactly as it is stored
 */
public record JournalEntry(
    long seq, TaskId task, int n, Instant at, String type, Event event, String body) {}

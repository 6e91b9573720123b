package dev.longe.journal;

import dev.longe.core.Event;
import dev.longe.core.TaskId;

/** A human's word in the inbox. */
public record PostedWord(long id, TaskId task, Event.Word word) {}

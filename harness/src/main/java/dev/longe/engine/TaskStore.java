package dev.longe.engine;

import dev.longe.core.AgentSpec;
import dev.longe.core.Breaker;
import dev.longe.core.Event;
import dev.longe.core.Grant;
import dev.longe.core.ReviewLoad;
import dev.longe.core.TaskState;
import dev.longe.journal.PostedWord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a task loop keeps and asks for through its engine: the journal of its one task, the words of
 * humans to it, and what it shares with all other tasks. Used by one thread.
 */
public interface TaskStore {
  /** The task as its journal has it when its loop begins. */
  TaskState state();

  /** Who works on it now. */
  Event.Claimed claim();

  /** What a new owner has to tell of a task before it goes on with it. */
  List<Event> takeOver(TaskState state);

  /** How long the attempt that still runs by the journal was seen at work. */
  Duration seen();

  /**
   * Adds events to the journal; durable when this returns.
   *
   * @return the state after them
   */
  TaskState append(TaskState state, Instant now, List<Event> events);

  /** Words of humans that nobody has taken yet, in order. */
  List<PostedWord> words();

  /** Notes what became of a word: {@code ok} or why it was refused. */
  void answer(PostedWord word, String result);

  /**
   * Whether the task has a slot of the quota account that an agent draws on; else its loop ends,
   * and it is taken up again when there is one.
   */
  boolean mayStart(AgentSpec agent);

  /** What waits for review, and what the reviewers have time for. */
  ReviewLoad reviewers(Instant now);

  /** What is known of the quota that an agent draws on. */
  Breaker quota(AgentSpec agent, Instant now);

  /** Notes that the quota that an agent draws on is used up. */
  void trip(AgentSpec agent, Instant until);

  /** Reserves what the task may still spend, in every budget of it. */
  Grant reserve(TaskState state, Instant now);

  /** Tasks accepted earlier for the same target that this task's landing may bring along. */
  List<TaskState> ahead(TaskState state);
}

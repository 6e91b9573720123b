package dev.longe.engine;

import dev.longe.core.AgentSpec;
import dev.longe.core.Decision;
import dev.longe.core.Event;
import dev.longe.core.TaskState;
import dev.longe.journal.PostedWord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a task loop keeps and asks for through its engine: the journal of its one task, the words of
 * humans to it, and what it shares with all other tasks. Used by one thread.
 */
public interface TaskStore {
  /** The task by its journal. */
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

  /** Why a first attempt has to wait for reviewers; empty where it need not. */
  Optional<String> full(TaskState state, Decision.Start start, Instant now);

  /** Until when the breaker of an agent's account is open; empty if it is not. */
  Optional<Instant> tripped(AgentSpec agent, Instant now);

  /** Opens the breaker of an agent's account. */
  void trip(AgentSpec agent, Instant until);

  /** Reserves what the task may still spend, in every account above it. */
  Grant reserve(TaskState state, Instant now);

  /** Tasks accepted earlier for the same target that this task's landing may bring along. */
  List<TaskState> ahead(TaskState state);
}

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
 * The store of a task loop: the journal of its task, the words of humans to the task, and what it
 * shares with all other tasks. Used by one thread.
 */
public interface TaskStore {
  /** The task according to its journal when the loop begins. */
  TaskState state();

  /** The claim under which the task is worked on now. */
  Event.Claimed claim();

  /** The events that a new owner has to append before it continues with a task. */
  List<Event> takeOver(TaskState state);

  /** How long the attempt that still runs according to the journal was known to work. */
  Duration seen();

  /**
   * Adds events to the journal; durable when this returns. The end of an attempt whose quota is
   * used up opens the breaker of its agent's account, before another attempt can start on that
   * account.
   *
   * @return the state after them
   */
  TaskState append(TaskState state, Instant now, List<Event> events);

  /** Words of humans that are not taken yet, in order. */
  List<PostedWord> words();

  /**
   * Takes a word: appends its event to the journal and marks it as taken. {@link #words} does not
   * return a taken word again, even if the owner dies.
   *
   * @return the state after it
   */
  TaskState take(TaskState state, Instant now, PostedWord word, Event event);

  /** Marks a word as refused, with the reason. */
  void refuse(PostedWord word, String why);

  /**
   * Whether the task has a slot of the agent's quota account. If not, its loop ends, and it
   * continues when there is a slot.
   */
  boolean mayStart(AgentSpec agent);

  /** How much waits for review, and how much time the reviewers have. */
  ReviewLoad reviewers(Instant now);

  /** What is known of the quota of an agent's account. */
  Breaker quota(AgentSpec agent, Instant now);

  /** Reserves what the task may still spend, in each of its budgets. */
  Grant reserve(TaskState state, Instant now);

  /** Tasks accepted earlier for the same target that may land together with this task. */
  List<TaskState> ahead(TaskState state);
}

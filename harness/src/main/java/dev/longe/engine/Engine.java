package dev.longe.engine;

import dev.longe.core.Fault;
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.journal.Journal;
import dev.longe.journal.Lease;
import dev.longe.journal.Slots;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Works on one task in the foreground, or on all that are ready. Several engines, in one or many
 * processes, share a journal; the holder of a task's lease works on the task.
 */
public final class Engine {
  private static final long LOOK_MILLIS = 50;

  /** How many ready tasks are looked at in one round. */
  private static final int ROUND_MAX = 64;

  private final Journal journal;
  private final Effects effects;
  private final InstantSource clock;
  private final Settings settings;
  private final String owner;
  private final Set<TaskId> working = ConcurrentHashMap.newKeySet();
  private final Set<TaskId> broken = ConcurrentHashMap.newKeySet();

  public Engine(
      Journal journal, Effects effects, InstantSource clock, Settings settings, String owner) {
    this.journal = journal;
    this.effects = effects;
    this.clock = clock;
    this.settings = settings;
    this.owner = owner;
  }

  /** Works on one task until it needs a human; waits without limit for a slot or a quota. */
  public TaskState work(TaskId task) {
    while (true) {
      Optional<TaskState> left = once(task);
      if (left.isPresent() && left.get().state().rests()) {
        return left.get();
      }
      boolean ready = journal.isReady(task, clock.instant());
      if (!ready && journal.stateOf(task).rests()) {
        return journal.state(task);
      }
      pause();
    }
  }

  /**
   * Takes the words that were said to a task, and does nothing else; this needs no slot. Does
   * nothing if another owner holds the task's lease.
   */
  public void hear(TaskId task) {
    Optional<Lease> lease = journal.lease(task, owner, Slots.ANY);
    if (lease.isPresent()) {
      try {
        loop(lease.get()).hear();
      } finally {
        journal.release(lease.get());
      }
    }
  }

  /**
   * Runs an effect for a human under the task's lease, so that a word to the task ends it.
   *
   * @return empty if a word ended it
   * @throws Fault if another owner holds the lease
   */
  public <T> Optional<T> onBehalf(TaskId task, Function<Supervised, Optional<T>> effect) {
    Lease lease =
        journal
            .lease(task, owner, Slots.ANY)
            .orElseThrow(() -> new Fault(task + " is being worked on; try again later."));
    try {
      TaskLoop loop = loop(lease);
      Optional<T> result = effect.apply(loop);
      loop.hear();
      return result;
    } finally {
      journal.release(lease);
    }
  }

  private TaskLoop loop(Lease lease) {
    return new TaskLoop(new JournalTaskStore(journal, settings, lease), effects, clock);
  }

  /**
   * Does what a task has to do now, and returns its state afterwards; empty if it is not ready or
   * its lease is not available.
   */
  public Optional<TaskState> once(TaskId task) {
    return once(task, _ -> {});
  }

  private Optional<TaskState> once(TaskId task, Consumer<TaskId> began) {
    if (!journal.isReady(task, clock.instant())) {
      return Optional.empty();
    }
    Optional<Lease> lease = journal.lease(task, owner, settings.slots());
    if (lease.isEmpty()) {
      return Optional.empty();
    }
    try {
      began.accept(task);
      return Optional.of(loop(lease.get()).run());
    } finally {
      journal.release(lease.get());
    }
  }

  /**
   * Works on everything that is ready until {@code enough} returns true.
   *
   * @param enough called between rounds; its argument says whether nothing is being worked on and
   *     nothing is ready
   * @param observer called for each task, from many threads
   */
  public void serve(Enough enough, Observer observer) {
    boolean idle = false;
    while (!enough.now(idle)) {
      idle = round(observer) && working.isEmpty();
      pause();
    }
  }

  /** Learns what {@link #serve} does. Safe for use by many threads. */
  public interface Observer {
    /** The work on a task begins. */
    default void began(TaskId task) {}

    /** The work on a task ended; it waits for a human, a time or a quota account. */
    default void ended(TaskState task) {}

    /**
     * A task's loop failed. If this was a bug of Longe, the task is left alone afterwards.
     *
     * @param message names the task
     */
    void failed(String message);
  }

  /** Decides when to end. */
  @FunctionalInterface
  public interface Enough {
    boolean now(boolean idle);
  }

  /** Runs one round; returns true if nothing was ready. */
  private boolean round(Observer observer) {
    List<TaskId> ready = ready(ROUND_MAX, settings.slots());
    for (TaskId task : ready) {
      if (working.size() < settings.slots().machine() && working.add(task)) {
        Thread.ofVirtual().name("longe-task-" + task).start(() -> carry(task, observer));
      }
    }
    return ready.isEmpty() && ready(1, Slots.ANY).isEmpty();
  }

  /** The first tasks that are ready, without those that are left alone. */
  private List<TaskId> ready(int max, Slots slots) {
    return journal.ready(clock.instant(), max + broken.size(), slots).stream()
        .filter(task -> !broken.contains(task))
        .toList();
  }

  private void carry(TaskId task, Observer observer) {
    try {
      once(task, observer::began).ifPresent(observer::ended);
    } catch (Fault e) {
      observer.failed(task + ": " + e.getMessage());
    } catch (RuntimeException e) {
      broken.add(task);
      observer.failed(task + " is not worked on any more, because of a fault of Longe: " + e);
    } finally {
      working.remove(task);
    }
  }

  /** Waits a moment. */
  private static void pause() {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS));
  }
}

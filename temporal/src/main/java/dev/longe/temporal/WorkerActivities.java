package dev.longe.temporal;

import dev.longe.check.CheckResult;
import dev.longe.core.CheckSpec;
import dev.longe.core.Event;
import dev.longe.core.Fault;
import dev.longe.core.Money;
import dev.longe.core.SetupFailed;
import dev.longe.core.TaskId;
import dev.longe.core.policy.Decision;
import dev.longe.effects.Installation;
import dev.longe.engine.Supervised;
import dev.longe.temporal.Messages.Job;
import dev.longe.workspace.Fence;
import io.temporal.activity.Activity;
import io.temporal.client.ActivityCompletionClient;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The effects of this machine. Every effect sends heartbeats, and ends all processes of its task
 * when the heartbeats are no longer answered. Safe for use by many threads.
 */
final class WorkerActivities implements MachineActivities {
  static final String FAULT = "Fault";
  static final String SETUP_FAILED = "SetupFailed";
  static final String UNFIT = "Unfit";
  static final String LOST = "Lost";
  static final String INTERRUPTED = "Interrupted";

  private final Installation site;
  private final String machine;
  private final Duration beat;
  private final ActivityCompletionClient completion;
  private final Map<TaskId, ClaimedTask> claimedTasks = new ConcurrentHashMap<>();
  private final Consumer<String> told;
  private final RunningAttempts running = new RunningAttempts();
  private final AtomicInteger busy = new AtomicInteger();
  private volatile boolean leaving;

  WorkerActivities(
      Installation site,
      String machine,
      Duration beat,
      ActivityCompletionClient completion,
      Consumer<String> told) {
    this.site = site;
    this.machine = machine;
    this.beat = beat;
    this.completion = completion;
    this.told = told;
  }

  /** Takes no more work. Running attempts are ended, and their work is saved. */
  void leave() {
    leaving = true;
    running.leave();
  }

  int busy() {
    return busy.get();
  }

  /** Ends all processes at once. */
  void end() {
    claimedTasks.values().forEach(ClaimedTask::end);
  }

  private <T> T hold(
      Job job,
      Supervised before,
      Supplier<Messages.AttemptEvents> shown,
      Function<ClaimedTask, T> effect) {
    Held held = new Held();
    busy.incrementAndGet();
    byte[] token = Activity.getExecutionContext().getTaskToken();
    try (Heartbeat renewal = new Heartbeat(completion, token, beat, shown, held::end)) {
      ClaimedTask claimed = claimed(job, before);
      held.holds(claimed);
      T result = effect.apply(claimed);
      if (renewal.lost() || claimed.ended()) {
        throw lost("the worker lost its claim on the task");
      }
      return result;
    } catch (Fault e) {
      throw held.ended()
          ? lost("the worker lost its claim on the task")
          : failure(
              String.valueOf(e.getMessage()), e instanceof SetupFailed ? SETUP_FAILED : FAULT);
    } catch (Fence.Fenced e) {
      held.end();
      throw lost(String.valueOf(e.getMessage()));
    } catch (ClaimedTask.Unreachable e) {
      throw held.ended()
          ? lost("the worker lost its claim on the task")
          : failure(String.valueOf(e.getMessage()), UNFIT);
    } finally {
      busy.decrementAndGet();
    }
  }

  /**
   * The claimed task to end when the task is lost, also if it is lost before the claimed task
   * exists.
   */
  private static final class Held {
    private Optional<ClaimedTask> claimed = Optional.empty();
    private boolean ended;

    synchronized void holds(ClaimedTask now) {
      claimed = Optional.of(now);
      if (ended) {
        now.end();
      }
    }

    synchronized void end() {
      ended = true;
      claimed.ifPresent(ClaimedTask::end);
    }

    synchronized boolean ended() {
      return ended;
    }
  }

  private static ApplicationFailure failure(String message, String type) {
    return ApplicationFailure.newNonRetryableFailure(message, type);
  }

  private static ApplicationFailure lost(String why) {
    return failure(why, LOST);
  }

  private ClaimedTask claimed(Job job, Supervised before) {
    Optional<ClaimedTask> known = Optional.ofNullable(claimedTasks.get(job.task()));
    if (known.isPresent() && known.get().generation() == job.generation() && !known.get().ended()) {
      return known.get();
    }
    known.ifPresent(ClaimedTask::end);
    site.tellUnconfined(job.state().loop().sandbox(), told);
    ClaimedTask claimed =
        ClaimedTask.take(site, machine, job, before).orElseThrow(this::interrupted);
    claimedTasks.put(job.task(), claimed);
    return claimed;
  }

  /** The end of an effect by the word of a human, or because this machine takes no more work. */
  private ApplicationFailure interrupted() {
    return leaving ? lost("the worker is ending") : failure("a human's word", INTERRUPTED);
  }

  /** An effect that a human's word can end; it is empty then. */
  private interface Ending<T> {
    Optional<T> carryOut(ClaimedTask bench, Supervised loop);
  }

  private <T> T interruptible(Job job, Ending<T> effect) {
    return reachable(
        job,
        seen ->
            hold(
                job,
                seen.before(),
                seen::soFar,
                b -> effect.carryOut(b, seen).orElseThrow(this::interrupted)));
  }

  /** Runs an effect that messages reach while it runs. */
  private <T> T reachable(Job job, Function<AttemptRecorder, T> effect) {
    if (leaving) {
      throw lost("the worker is ending");
    }
    AttemptRecorder seen = new AttemptRecorder(job.state(), site.clock());
    running.began(job.task(), job.generation(), seen);
    try {
      return effect.apply(seen);
    } finally {
      running.ended(job.task(), job.generation());
      seen.ended();
    }
  }

  /** Runs an effect that saves finished work; a machine that is leaving runs it too. */
  private <T> T finish(Job job, Function<ClaimedTask, T> effect) {
    AttemptRecorder seen = new AttemptRecorder(job.state(), site.clock());
    return hold(job, seen.before(), seen::soFar, effect);
  }

  @Override
  public String prepare(Job job) {
    return interruptible(job, (b, loop) -> b.effects().prepare(loop, b.here(job)));
  }

  @Override
  public CheckResult checkBase(Job job, CheckSpec check) {
    return interruptible(job, (b, loop) -> b.effects().checkBase(loop, b.here(job), check));
  }

  @Override
  public Messages.AttemptEvents attempt(Job job, Decision.Start start, Money granted) {
    return reachable(
        job,
        seen ->
            hold(
                job,
                seen.before(),
                seen::soFar,
                b -> {
                  b.effects().attempt(seen, b.before(job), b.named(start), granted);
                  return seen.all();
                }));
  }

  @Override
  public Messages.Saved snapshot(Job job) {
    return finish(job, b -> b.snapshot(job));
  }

  @Override
  public CheckResult check(Job job, CheckSpec check) {
    return interruptible(job, (b, loop) -> b.effects().check(loop, b.here(job), check));
  }

  @Override
  public Event land(Job job, Event.Accepted accepted) {
    return interruptible(job, (b, loop) -> b.land(job, loop, accepted));
  }

  @Override
  public void ship(Job job) {
    boolean _ =
        finish(
            job,
            b -> {
              b.ship();
              return true;
            });
  }

  @Override
  public void close(Job job) {
    boolean _ =
        finish(
            job,
            b -> {
              b.close(job);
              return true;
            });
    claimedTasks.remove(job.task());
  }

  /**
   * Waits only for half of the time after which the workflow counts the message as not delivered:
   * it does not see heartbeats of this call.
   */
  @Override
  public boolean steer(TaskId task, long generation, String message) {
    Duration answered = Activity.getExecutionContext().getInfo().getHeartbeatTimeout();
    return running
        .of(task, generation)
        .map(s -> s.steer(message, answered.dividedBy(2)))
        .orElse(false);
  }

  @Override
  public boolean interrupt(TaskId task, long generation) {
    Optional<AttemptRecorder> attempt = running.of(task, generation);
    attempt.ifPresent(a -> a.end(false));
    return attempt.map(AttemptRecorder::awaitEnd).orElse(false);
  }
}

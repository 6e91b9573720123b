package dev.longe.temporal;

import dev.longe.check.CheckResult;
import dev.longe.core.AgentSpec;
import dev.longe.core.Candidate;
import dev.longe.core.Capabilities;
import dev.longe.core.CheckSpec;
import dev.longe.core.Event;
import dev.longe.core.Fault;
import dev.longe.core.Money;
import dev.longe.core.SetupFailed;
import dev.longe.core.Stop;
import dev.longe.core.TaskState;
import dev.longe.core.policy.Decision;
import dev.longe.engine.Effects;
import dev.longe.engine.Reachable;
import dev.longe.engine.Supervised;
import dev.longe.temporal.CoordinatorRequest.Answer;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TimeoutFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Effects that run as activities on the machine that has the task. Workflow code. */
final class FlowEffects implements Effects {
  /** The longest wait for an effect; the loop's own limits end an effect long before. */
  private static final Duration EFFECT_MAX = Duration.ofDays(2);

  /**
   * The delay before asking again: an attempt that was just scheduled may not have reached its
   * machine.
   */
  private static final Duration ASK_AGAIN = Duration.ofSeconds(1);

  private final FlowTaskStore store;
  private boolean turn;
  private Optional<String> leaving = Optional.empty();

  FlowEffects(FlowTaskStore store) {
    this.store = store;
  }

  /** Records that it is the task's turn to land. */
  void turn() {
    turn = true;
  }

  /** Makes the task continue on another machine after the running attempt. */
  void leave(String why) {
    leaving = Optional.of(why);
  }

  void left() {
    leaving = Optional.empty();
  }

  private static MachineActivities on(CoordinatorRequest.Machine machine, Duration patience) {
    return Workflow.newActivityStub(
        MachineActivities.class,
        ActivityOptions.newBuilder()
            .setTaskQueue(Queues.of(machine.name()))
            .setScheduleToStartTimeout(patience)
            .setStartToCloseTimeout(EFFECT_MAX)
            .setHeartbeatTimeout(patience)
            .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(1).build())
            .build());
  }

  /**
   * The machine that has the task. There is none if the task is to move to another machine and its
   * work is saved.
   */
  private CoordinatorRequest.Machine machine() {
    boolean safe = store.state().last().filter(a -> a.candidate().isEmpty()).isEmpty();
    if (leaving.isPresent() && safe) {
      throw new MachineUnavailable.Lost(leaving.get(), Optional.empty(), false);
    }
    return store.machine().orElseThrow(() -> new MachineUnavailable.NoMachine(store.needs()));
  }

  private MachineActivities there() {
    CoordinatorRequest.Machine machine = machine();
    return on(machine, machine.patience());
  }

  private <T> T call(Supplier<T> effect) {
    try {
      return effect.get();
    } catch (ActivityFailure e) {
      throw meaning(e);
    }
  }

  private RuntimeException meaning(ActivityFailure e) {
    return switch (e.getCause()) {
      case ApplicationFailure a ->
          switch (a.getType()) {
            case WorkerActivities.INTERRUPTED -> new Interrupted();
            case WorkerActivities.SETUP_FAILED -> new SetupFailed(a.getOriginalMessage());
            case WorkerActivities.FAULT -> new Fault(a.getOriginalMessage());
            case WorkerActivities.UNFIT -> new MachineUnavailable.Unfit(a.getOriginalMessage());
            case WorkerActivities.LOST ->
                new MachineUnavailable.Lost(a.getOriginalMessage(), Optional.empty(), true);
            default -> bug(a.getType() + ": " + a.getOriginalMessage());
          };
      case TimeoutFailure t ->
          new MachineUnavailable.Lost(
              "no heartbeat for " + store.machine().orElseThrow().patience().toSeconds() + " s",
              lastShown(t),
              true);
      case null, default -> bug(String.valueOf(e.getMessage()));
    };
  }

  /** A fault that does not end the workflow: the task stops with it and can be resumed. */
  private static Fault bug(String what) {
    return new Fault("This is a fault of Longe on the worker: " + what);
  }

  private static Optional<Messages.AttemptEvents> lastShown(TimeoutFailure timeout) {
    return Optional.ofNullable(timeout.getLastHeartbeatDetails().get(Messages.AttemptEvents.class));
  }

  /** A human's word ended an effect on its machine. */
  private static final class Interrupted extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /**
   * Waits for an effect, and takes the words of humans meanwhile. Workflows of release 0.1.0 took
   * them after it.
   *
   * @return empty if a word ended it
   */
  private <T> Optional<T> interruptible(Supervised loop, Promise<T> effect) {
    Reachable live = new RemoteEffect(effect);
    while (!effect.isCompleted()) {
      Workflow.await(() -> effect.isCompleted() || store.inbox().waiting());
      if (!effect.isCompleted()) {
        if (Workflow.getVersion("words-end-any-effect", Workflow.DEFAULT_VERSION, 1)
            == Workflow.DEFAULT_VERSION) {
          Workflow.await(effect::isCompleted);
        } else {
          loop.takeWords(Optional.of(live));
        }
      }
    }
    try {
      return Optional.of(call(effect::get));
    } catch (Interrupted e) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<String> prepare(Supervised loop, TaskState task) {
    return interruptible(loop, Async.function(there()::prepare, store.job()));
  }

  @Override
  public Optional<CheckResult> checkBase(Supervised loop, TaskState task, CheckSpec check) {
    return interruptible(loop, Async.function(there()::checkBase, store.job(), check));
  }

  /**
   * Called before each attempt, so that none starts on a machine that the task is about to leave.
   */
  @Override
  public Capabilities can(AgentSpec agent) {
    CoordinatorRequest.Machine _ = machine();
    return store.there(agent).can();
  }

  @Override
  public void attempt(Supervised loop, TaskState asked, Decision.Start start, Money granted) {
    Promise<Messages.AttemptEvents> shown =
        Async.function(there()::attempt, store.job(), start, granted);
    Reachable live = new RemoteEffect(shown);
    while (!shown.isCompleted()) {
      Workflow.await(() -> shown.isCompleted() || store.inbox().waiting() || leaving.isPresent());
      if (!shown.isCompleted()) {
        loop.takeWords(Optional.of(live));
        if (leaving.isPresent()) {
          live.stop(new Stop.Interrupted());
        }
      }
    }
    Messages.AttemptEvents all = call(shown::get);
    if (all.leaving()) {
      leave("the worker is ending");
    }
    loop.append(all.events().toArray(Event[]::new));
  }

  /** A running effect on another machine. */
  private final class RemoteEffect implements Reachable {
    private final Promise<?> shown;

    RemoteEffect(Promise<?> shown) {
      this.shown = shown;
    }

    @Override
    public boolean steer(String message) {
      try {
        Messages.Job job = store.job();
        return there().steer(job.task(), job.generation(), message);
      } catch (ActivityFailure e) {
        return false;
      }
    }

    /**
     * If the machine can't be reached, it ends its processes by itself. The effect then ends when
     * the server's heartbeat timeout expires.
     */
    @Override
    public void stop(Stop why) {
      boolean ended = false;
      while (!ended && !shown.isCompleted()) {
        ended = interrupted() || Workflow.await(ASK_AGAIN, shown::isCompleted);
      }
      Workflow.await(shown::isCompleted);
    }

    /**
     * Returns true also if the machine does not answer; the server's heartbeat timeout then ends
     * the effect.
     */
    private boolean interrupted() {
      try {
        Messages.Job job = store.job();
        return there().interrupt(job.task(), job.generation());
      } catch (ActivityFailure e) {
        return true;
      }
    }
  }

  @Override
  public Candidate snapshot(TaskState task) {
    Messages.Saved saved = call(() -> there().snapshot(store.job()));
    store.shipped(saved.shipped());
    return saved.candidate();
  }

  @Override
  public Optional<CheckResult> check(Supervised loop, TaskState task, CheckSpec check) {
    return interruptible(loop, Async.function(there()::check, store.job(), check));
  }

  @Override
  public Optional<Event> land(
      Supervised loop, TaskState task, Event.Accepted accepted, List<TaskState> ahead) {
    MachineActivities there = there();
    String target =
        task.submitted().source().repository()
            + " "
            + (accepted.branchOnly() ? task.id() : task.submitted().source().target().orElse("-"));
    turn =
        store.coordinator().ask(new CoordinatorRequest.Row(task.id(), target))
                instanceof Answer.Turn t
            && t.now();
    Workflow.await(() -> turn);
    return interruptible(loop, Async.function(there::land, store.job(), accepted));
  }

  /** Does nothing: a machine that loses a task ends its processes before another one has it. */
  @Override
  public void endLeftovers(TaskState task) {}

  /** Does nothing: the workflow cleans up after the loop has ended. */
  @Override
  public void close(TaskState task) {}

  /** Sends transcripts and receipts to the shared repository, if the machine can be reached. */
  void ship() {
    MachineActivities there = there();
    call(() -> {
      there.ship(store.job());
      return true;
    });
  }

  /** Removes the refs and trees of a closed task. */
  void clear() {
    MachineActivities there = there();
    call(() -> {
      there.close(store.job());
      return true;
    });
  }
}

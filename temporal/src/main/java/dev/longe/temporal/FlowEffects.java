package dev.longe.temporal;

import dev.longe.check.CheckResult;
import dev.longe.core.AgentSpec;
import dev.longe.core.Candidate;
import dev.longe.core.Capabilities;
import dev.longe.core.CheckSpec;
import dev.longe.core.Event;
import dev.longe.core.Fault;
import dev.longe.core.Money;
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

/** Effects by way of activities on the machine that has the task. Workflow code. */
final class FlowEffects implements Effects {
  /** Nothing is waited for longer; the loop's own limits end an effect long before. */
  private static final Duration EFFECT_MAX = Duration.ofDays(2);

  /** An attempt that was just sent off may not have reached its machine yet. */
  private static final Duration ASK_AGAIN = Duration.ofSeconds(1);

  private final FlowTaskStore books;
  private boolean turn;
  private Optional<String> leaving = Optional.empty();

  FlowEffects(FlowTaskStore books) {
    this.books = books;
  }

  /** The pool says that it is the task's turn to land. */
  void turn() {
    turn = true;
  }

  /** After the running attempt the task goes on elsewhere. */
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
   * The machine that has the task; none any more once it is to go elsewhere and its work is safe.
   */
  private CoordinatorRequest.Machine machine() {
    boolean safe = books.state().last().filter(a -> a.candidate().isEmpty()).isEmpty();
    if (leaving.isPresent() && safe) {
      throw new MachineUnavailable.Lost(leaving.get(), Optional.empty(), false);
    }
    return books.machine().orElseThrow(() -> new MachineUnavailable.NoMachine(books.needs()));
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
            case WorkerActivities.FAULT -> new Fault(a.getOriginalMessage());
            case WorkerActivities.UNFIT -> new MachineUnavailable.Unfit(a.getOriginalMessage());
            case WorkerActivities.LOST ->
                new MachineUnavailable.Lost(a.getOriginalMessage(), Optional.empty(), true);
            default -> bug(a.getType() + ": " + a.getOriginalMessage());
          };
      case TimeoutFailure t ->
          new MachineUnavailable.Lost(
              "no sign of life for " + books.machine().orElseThrow().patience().toSeconds() + " s",
              lastShown(t),
              true);
      case null, default -> bug(String.valueOf(e.getMessage()));
    };
  }

  /** It must not end the workflow: the task stops with the fault, and can be resumed. */
  private static Fault bug(String what) {
    return new Fault("This is a fault of Longe on the worker: " + what);
  }

  private static Optional<Messages.Shown> lastShown(TimeoutFailure timeout) {
    return Optional.ofNullable(timeout.getLastHeartbeatDetails().get(Messages.Shown.class));
  }

  @Override
  public String prepare(TaskState task) {
    return call(() -> there().prepare(books.job()));
  }

  @Override
  public CheckResult checkBase(TaskState task, CheckSpec check) {
    return call(() -> there().checkBase(books.job(), check));
  }

  /** Asked before each attempt: none starts on a machine that the task is to leave. */
  @Override
  public Capabilities can(AgentSpec agent) {
    CoordinatorRequest.Machine _ = machine();
    return books.there(agent).can();
  }

  @Override
  public void attempt(Supervised loop, TaskState asked, Decision.Start start, Money granted) {
    Promise<Messages.Shown> shown = Async.function(there()::attempt, books.job(), start, granted);
    Reachable live = new Far(shown);
    while (!shown.isCompleted()) {
      Workflow.await(() -> shown.isCompleted() || books.inbox().waiting() || leaving.isPresent());
      if (!shown.isCompleted()) {
        loop.takeWords(Optional.of(live));
        if (leaving.isPresent()) {
          live.stop(new Stop.Interrupted());
        }
      }
    }
    Messages.Shown all = call(shown::get);
    if (all.leaving()) {
      leave("it takes no more work");
    }
    loop.append(all.events().toArray(Event[]::new));
  }

  /** A running attempt on another machine. */
  private final class Far implements Reachable {
    private final Promise<Messages.Shown> shown;

    Far(Promise<Messages.Shown> shown) {
      this.shown = shown;
    }

    @Override
    public boolean steer(String message) {
      try {
        Messages.Job job = books.job();
        return there().steer(job.task(), job.generation(), message);
      } catch (ActivityFailure e) {
        return false;
      }
    }

    /**
     * A machine that can't be reached ends its processes by itself before the server gives it up,
     * which is what ends the attempt here then.
     */
    @Override
    public void stop(Stop why) {
      boolean ended = false;
      while (!ended && !shown.isCompleted()) {
        ended = interrupted() || Workflow.await(ASK_AGAIN, shown::isCompleted);
      }
      Workflow.await(shown::isCompleted);
    }

    /** True also where nobody answers: then the server's patience is what ends it. */
    private boolean interrupted() {
      try {
        Messages.Job job = books.job();
        return there().interrupt(job.task(), job.generation());
      } catch (ActivityFailure e) {
        return true;
      }
    }
  }

  @Override
  public Candidate snapshot(TaskState task) {
    Messages.Saved saved = call(() -> there().snapshot(books.job()));
    books.shipped(saved.shipped());
    return saved.candidate();
  }

  @Override
  public CheckResult check(TaskState task, CheckSpec check) {
    return call(() -> there().check(books.job(), check));
  }

  @Override
  public Event land(TaskState task, Event.Accepted accepted, List<TaskState> ahead) {
    MachineActivities there = there();
    String target =
        task.submitted().source().repository()
            + " "
            + (accepted.branchOnly() ? task.id() : task.submitted().source().target().orElse("-"));
    turn =
        books.pool().ask(new CoordinatorRequest.Row(task.id(), target)) instanceof Answer.Turn t
            && t.now();
    Workflow.await(() -> turn);
    return call(() -> there.land(books.job(), accepted));
  }

  /** Carried out by the workflow once the loop is over: a closed task needs no loop. */
  @Override
  public void close(TaskState task) {}

  /** Sends what people want to read to the shared repository, as far as the machine is there. */
  void ship() {
    MachineActivities there = there();
    call(() -> {
      there.ship(books.job());
      return true;
    });
  }

  /** Removes what is left of a closed task. */
  void clear() {
    MachineActivities there = there();
    call(() -> {
      there.close(books.job());
      return true;
    });
  }
}

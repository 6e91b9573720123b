package dev.longe.temporal;

import dev.longe.core.Event;
import dev.longe.core.Fault;
import dev.longe.core.HumanWord;
import dev.longe.core.State;
import dev.longe.core.TaskState;
import dev.longe.core.policy.Decider;
import dev.longe.engine.TaskLoop;
import dev.longe.journal.Inbox;
import dev.longe.journal.TimedEvent;
import dev.longe.tasks.RemoteEngine;
import dev.longe.temporal.CoordinatorRequest.Answer;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.ContinueAsNewOptions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The workflow of one task. Runs the task loop on a machine, and again after every loss of a
 * machine, until the task is closed. Workflow code: it is replayed from the server's history.
 */
public final class TaskFlow implements TaskWorkflow {
  /**
   * History length, in events, above which a run ends and the next one begins with the present
   * state.
   */
  private static final int HISTORY_MAX = 1_000;

  /** How long a machine that could not do the task is not asked again. */
  private static final Duration PASSED_OVER = Duration.ofMinutes(5);

  private final FlowTaskStore store;
  private final FlowEffects effects;
  private final List<String> unfit = new ArrayList<>();
  private Optional<CoordinatorRequest.Machine> granted = Optional.empty();
  private Optional<String> wanted = Optional.empty();
  private String waits = "";
  private String row = "";
  private boolean alone;
  private boolean givenUp;

  @WorkflowInit
  public TaskFlow(Messages.Carried carried) {
    store =
        new FlowTaskStore(
            carried,
            Workflow.newActivityStub(
                CoordinatorActivities.class,
                ActivityOptions.newBuilder()
                    .setTaskQueue(Queues.SHARED)
                    .setStartToCloseTimeout(Duration.ofSeconds(30))
                    .setRetryOptions(
                        RetryOptions.newBuilder()
                            .setInitialInterval(Duration.ofMillis(200))
                            .setMaximumInterval(Duration.ofSeconds(10))
                            .build())
                    .build()),
            this::show);
    effects = new FlowEffects(store);
  }

  @Override
  public void work(Messages.Carried unused) {
    while (!store.state().state().closed()) {
      if (alone) {
        store.release();
        Workflow.await(() -> givenUp);
        return;
      }
      try {
        TaskState state = new TaskLoop(store, effects, FlowTaskStore::now).run();
        if (!state.state().closed()) {
          rest(state);
        }
      } catch (MachineUnavailable e) {
        elsewhere(e);
      }
      show();
    }
    finish();
  }

  private void elsewhere(MachineUnavailable e) {
    switch (e) {
      case MachineUnavailable.NoMachine n -> seek(n.needs());
      case MachineUnavailable.Lost l -> {
        if (l.silent()) {
          store.home().ifPresent(h -> store.coordinator().ask(new CoordinatorRequest.Away(h)));
        }
        store.leave(l.why(), l.last());
        effects.left();
        store.release();
      }
      case MachineUnavailable.Unfit u -> {
        waits = u.why();
        store.machine().map(CoordinatorRequest.Machine::name).ifPresent(unfit::add);
        store.drop();
        store.release();
      }
    }
  }

  /** Waits until a machine has the task, or until a human's word can be taken without one. */
  private void seek(FlowTaskStore.Needs needs) {
    if (store.machine().isPresent()) {
      store.leave("the worker has no agent " + needs.agent().orElse("left"), Optional.empty());
      store.release();
    }
    Answer answer =
        store
            .coordinator()
            .ask(
                new CoordinatorRequest.Acquire(
                    store.state().id(),
                    needs.labels(),
                    needs.agent(),
                    wanted.or(store::home),
                    unfit));
    if (answer instanceof Answer.Granted g) {
      granted = Optional.of(g.machine());
    } else if (answer instanceof Answer.Waits w) {
      waits = unfit.isEmpty() ? w.why() : w.why() + ": " + waits;
      show();
      boolean told =
          Workflow.await(
              PASSED_OVER, () -> granted.isPresent() || store.inbox().waiting() || alone);
      if (!told) {
        unfit.clear();
      }
    }
    if (granted.isPresent()) {
      bind(granted.get());
    }
  }

  /** Binds the task to a machine; a machine other than the previous one does not have its trees. */
  private void bind(CoordinatorRequest.Machine machine) {
    store
        .home()
        .filter(h -> !h.equals(machine.name()))
        .ifPresent(_ -> store.leave("another worker is free", Optional.empty()));
    granted = Optional.empty();
    wanted = Optional.empty();
    waits = "";
    store.bind(machine);
  }

  /** Waits for a human's word or a time; the run may end meanwhile. */
  private void rest(TaskState state) {
    granted = Optional.empty();
    waits = "";
    if (store.machine().isPresent()) {
      ship();
      store.release();
    } else if (state.state().rests()) {
      store.release();
    }
    show();
    Optional<Instant> ready = Decider.readyAt(state);
    if (ready.isEmpty()) {
      Workflow.await(() -> store.inbox().waiting() || alone || long_());
    } else {
      Duration wait = Duration.between(FlowTaskStore.now(), ready.get());
      if (wait.isPositive()) {
        Workflow.await(wait, () -> store.inbox().waiting() || alone || long_());
      }
    }
    if (long_()) {
      Workflow.continueAsNew(ContinueAsNewOptions.newBuilder().build(), store.carried());
    }
  }

  /** Sends transcripts and receipts to the shared repository; the task does not depend on them. */
  private void ship() {
    try {
      effects.ship();
    } catch (Fault e) {
      waits = String.valueOf(e.getMessage());
    }
  }

  /** Whether the run should end now; false while a caller waits for an answer. */
  private boolean long_() {
    return Workflow.getInfo().getHistoryLength() > HISTORY_MAX
        && !store.inbox().waiting()
        && wanted.isEmpty()
        && store.allTold()
        && Workflow.isEveryHandlerFinished();
  }

  /** Removes a closed task's refs and trees, as soon as a machine is available. */
  private void finish() {
    boolean cleared = false;
    while (!cleared) {
      try {
        effects.clear();
        cleared = true;
      } catch (MachineUnavailable e) {
        elsewhere(e);
      } catch (Fault e) {
        waits = String.valueOf(e.getMessage());
        show();
        Workflow.sleep(PASSED_OVER);
      }
    }
    store.release();
    Workflow.await(Workflow::isEveryHandlerFinished);
  }

  /** Updates the memo that lists show. */
  private void show() {
    TaskMemo.Summary now = TaskMemo.of(store.state(), waits, store.told().size());
    if (!now.toString().equals(row)) {
      row = now.toString();
      Workflow.upsertMemo(Map.of(TaskMemo.MEMO, now));
    }
  }

  @Override
  public String say(Words said) {
    List<Event.Word> words = said.all();
    if (alone) {
      return store.state().id() + " is being moved to another engine.";
    }
    Optional<String> refusal = refusal(words.getLast());
    if (refusal.isPresent()) {
      return refusal.get();
    }
    return store.inbox().say(words);
  }

  /**
   * Why a word is refused; empty if it is taken. Workflows of release 0.1.0 took decisions that
   * name no candidate.
   */
  private Optional<String> refusal(Event.Word word) {
    int rule = Workflow.getVersion("decisions-name-their-candidate", Workflow.DEFAULT_VERSION, 1);
    return rule == Workflow.DEFAULT_VERSION
        ? HumanWord.refusalOfOld(store.state(), word)
        : HumanWord.refusal(store.state(), word);
  }

  @Override
  public String move(Optional<String> machine) {
    State state = store.state().state();
    if (state.closed()) {
      return store.state().id() + " is " + state.word() + "; a closed task can't be changed.";
    }
    wanted = machine;
    String why = "a human moved it" + machine.map(m -> " to " + m).orElse("");
    if (store.machine().isPresent() && !state.rests()) {
      effects.leave(why);
    } else {
      Workflow.await(() -> store.machine().isEmpty());
      store.leave(why, Optional.empty());
    }
    return Inbox.TAKEN;
  }

  @Override
  public String giveUp(boolean forGood) {
    boolean works = store.machine().isPresent() && !store.state().state().rests();
    if (works || store.inbox().waiting()) {
      return "it is being worked on; stop it first";
    }
    alone = true;
    Workflow.await(() -> store.machine().isEmpty());
    givenUp = forGood;
    return "";
  }

  @Override
  public void granted(Answer answer) {
    if (answer instanceof Answer.Granted g) {
      granted = Optional.of(g.machine());
    } else if (answer instanceof Answer.Turn) {
      effects.turn();
    }
  }

  @Override
  public RemoteEngine.Look look(int after) {
    List<TimedEvent> told = store.told();
    return new RemoteEngine.Look(
        List.copyOf(told.subList(Math.min(after, told.size()), told.size())), waits);
  }
}

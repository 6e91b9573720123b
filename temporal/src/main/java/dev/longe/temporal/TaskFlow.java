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

  private final FlowTaskStore books;
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
    books =
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
    effects = new FlowEffects(books);
  }

  @Override
  public void work(Messages.Carried unused) {
    while (!books.state().state().closed()) {
      if (alone) {
        books.release();
        Workflow.await(() -> givenUp);
        return;
      }
      try {
        TaskState state = new TaskLoop(books, effects, FlowTaskStore::now).run();
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
          books.home().ifPresent(h -> books.pool().ask(new CoordinatorRequest.Away(h)));
        }
        books.leave(l.why(), l.last());
        effects.left();
        books.release();
      }
      case MachineUnavailable.Unfit u -> {
        waits = u.why();
        books.machine().map(CoordinatorRequest.Machine::name).ifPresent(unfit::add);
        books.drop();
        books.release();
      }
    }
  }

  /** Waits until a machine has the task, or until a human's word can be taken without one. */
  private void seek(FlowTaskStore.Needs needs) {
    if (books.machine().isPresent()) {
      books.leave("the worker has no agent " + needs.agent().orElse("left"), Optional.empty());
      books.release();
    }
    Answer answer =
        books
            .pool()
            .ask(
                new CoordinatorRequest.Acquire(
                    books.state().id(),
                    needs.labels(),
                    needs.agent(),
                    wanted.or(books::home),
                    unfit));
    if (answer instanceof Answer.Granted g) {
      granted = Optional.of(g.machine());
    } else if (answer instanceof Answer.Waits w) {
      waits = unfit.isEmpty() ? w.why() : w.why() + ": " + waits;
      show();
      boolean told =
          Workflow.await(
              PASSED_OVER, () -> granted.isPresent() || books.inbox().waiting() || alone);
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
    books
        .home()
        .filter(h -> !h.equals(machine.name()))
        .ifPresent(_ -> books.leave("another worker is free", Optional.empty()));
    granted = Optional.empty();
    wanted = Optional.empty();
    waits = "";
    books.bind(machine);
  }

  /** Waits for a human's word or a time; the run may end meanwhile. */
  private void rest(TaskState state) {
    granted = Optional.empty();
    waits = "";
    if (books.machine().isPresent()) {
      ship();
      books.release();
    } else if (state.state().rests()) {
      books.release();
    }
    show();
    Optional<Instant> ready = Decider.readyAt(state);
    if (ready.isEmpty()) {
      Workflow.await(() -> books.inbox().waiting() || alone || long_());
    } else {
      Duration wait = Duration.between(FlowTaskStore.now(), ready.get());
      if (wait.isPositive()) {
        Workflow.await(wait, () -> books.inbox().waiting() || alone || long_());
      }
    }
    if (long_()) {
      Workflow.continueAsNew(ContinueAsNewOptions.newBuilder().build(), books.carried());
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
        && !books.inbox().waiting()
        && wanted.isEmpty()
        && books.allTold()
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
    books.release();
    Workflow.await(Workflow::isEveryHandlerFinished);
  }

  /** Updates the memo that lists show. */
  private void show() {
    TaskMemo.Shown now = TaskMemo.of(books.state(), waits, books.told().size());
    if (!now.toString().equals(row)) {
      row = now.toString();
      Workflow.upsertMemo(Map.of(TaskMemo.MEMO, now));
    }
  }

  @Override
  public String say(Words said) {
    List<Event.Word> words = said.all();
    if (alone) {
      return books.state().id() + " is being moved to another engine.";
    }
    Optional<String> refusal = refusal(words.getLast());
    if (refusal.isPresent()) {
      return refusal.get();
    }
    return books.inbox().say(words);
  }

  /**
   * Why a word is refused; empty if it is taken. Workflows of release 0.1.0 took decisions that
   * name no candidate.
   */
  private Optional<String> refusal(Event.Word word) {
    int rule = Workflow.getVersion("decisions-name-their-candidate", Workflow.DEFAULT_VERSION, 1);
    return rule == Workflow.DEFAULT_VERSION
        ? HumanWord.refusalOfOld(books.state(), word)
        : HumanWord.refusal(books.state(), word);
  }

  @Override
  public String move(Optional<String> machine) {
    State state = books.state().state();
    if (state.closed()) {
      return books.state().id() + " is " + state.word() + "; a closed task can't be changed.";
    }
    wanted = machine;
    String why = "a human moved it" + machine.map(m -> " to " + m).orElse("");
    if (books.machine().isPresent() && !state.rests()) {
      effects.leave(why);
    } else {
      Workflow.await(() -> books.machine().isEmpty());
      books.leave(why, Optional.empty());
    }
    return Inbox.TAKEN;
  }

  @Override
  public String giveUp(boolean forGood) {
    boolean works = books.machine().isPresent() && !books.state().state().rests();
    if (works || books.inbox().waiting()) {
      return "it is being worked on; stop it first";
    }
    alone = true;
    Workflow.await(() -> books.machine().isEmpty());
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
    List<TimedEvent> told = books.told();
    return new RemoteEngine.Look(
        List.copyOf(told.subList(Math.min(after, told.size()), told.size())), waits);
  }
}

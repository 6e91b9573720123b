package dev.longe.engine;

import dev.longe.core.Attempt;
import dev.longe.core.Event;
import dev.longe.core.Fault;
import dev.longe.core.HumanWord;
import dev.longe.core.Money;
import dev.longe.core.Reason;
import dev.longe.core.SetupFailed;
import dev.longe.core.State;
import dev.longe.core.Stop;
import dev.longe.core.TaskState;
import dev.longe.core.Usage;
import dev.longe.core.policy.Decider;
import dev.longe.core.policy.Decision;
import dev.longe.core.policy.Decision.Admit.AdmissionFact;
import dev.longe.journal.PostedWord;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Works on one leased task until the decider has nothing to do. Only this class appends to a task's
 * journal. Used by one thread. It is deterministic except for the results of the store, the effects
 * and the clock, so that an engine can replay it.
 */
public final class TaskLoop implements Supervised {
  private final TaskStore store;
  private final Effects effects;
  private final InstantSource clock;
  private TaskState state;

  public TaskLoop(TaskStore store, Effects effects, InstantSource clock) {
    this.store = store;
    this.effects = effects;
    this.clock = clock;
    this.state = store.state();
  }

  /** Works until the task waits for a human, a time or a quota account. */
  public TaskState run() {
    takeOver();
    boolean more = true;
    while (more) {
      takeWords(Optional.empty());
      more = carryOut(Decider.decide(state, state.policy()));
    }
    return state;
  }

  /** Takes the words that were said to the task and decides what follows, but begins no work. */
  public void hear() {
    takeOver();
    takeWords(Optional.empty());
    while (Decider.decide(state, state.policy()) instanceof Decision.Take take) {
      append(take.decided());
    }
  }

  private void takeOver() {
    if (state.underWay()) {
      effects.endLeftovers(state);
    }
    for (Event event : store.takeOver(state)) {
      append(event);
    }
    if (state.running().isPresent()) {
      Attempt lost = state.running().get();
      append(new Event.AttemptEnded(lost.number(), new Stop.Lost(), lost.usage(), store.seen()));
    } else if (state.state() == State.WAITING
        && state.until().filter(t -> !t.isAfter(clock.instant())).isPresent()) {
      append(new Event.Woken());
    }
  }

  @Override
  public TaskState state() {
    return state;
  }

  @Override
  public void append(Event... events) {
    state = store.append(state, clock.instant(), List.of(events));
  }

  /**
   * Takes the words that humans said since the last call. Pause and stop first end what runs. So
   * does a discard, which a later call takes, because a closed task takes no event of what ended.
   */
  @Override
  public void takeWords(Optional<? extends Reachable> live) {
    for (PostedWord command : store.words()) {
      Optional<String> refusal = HumanWord.refusalOfPosted(state, command.word());
      if (refusal.isEmpty()) {
        boolean discards = command.word() instanceof Event.Discarded;
        if (discards
            || command.word() instanceof Event.PauseAsked
            || command.word() instanceof Event.StopAsked) {
          live.ifPresent(l -> l.stop(new Stop.Interrupted()));
        }
        if (discards && live.isPresent()) {
          return;
        }
        Event taken = delivered(command.word(), live);
        state = store.take(state, clock.instant(), command, taken);
        if (discards) {
          effects.close(state);
        }
      } else {
        store.refuse(command, refusal.get());
      }
    }
  }

  private static Event delivered(Event.Word word, Optional<? extends Reachable> live) {
    return word instanceof Event.Steered s
        ? new Event.Steered(s.message(), live.map(l -> l.steer(s.message())).orElse(false))
        : word;
  }

  /** Carries a decision out; returns false if there is nothing to do now. */
  private boolean carryOut(Decision decision) {
    switch (decision) {
      case Decision.Rest _ -> {
        return false;
      }
      case Decision.Claim _ -> append(store.claim());
      case Decision.Take take -> append(take.decided());
      case Decision.Admit _ -> {
        return admit();
      }
      case Decision.Start _, Decision.Defer _ ->
          throw new IllegalStateException("there was no admission before " + decision);
      case Decision.Prepare _ ->
          effect("prepare", () -> effects.prepare(this, state).map(Event.Prepared::new));
      case Decision.CheckBase c ->
          effect(
              "check the base",
              () ->
                  effects
                      .checkBase(this, state, c.check())
                      .map(f -> new Event.BaseChecked(f.verdict(), f.receipt())));
      case Decision.Snapshot s ->
          effect(
              "snapshot",
              () -> Optional.of(new Event.CandidateMade(s.attempt(), effects.snapshot(state))));
      case Decision.Check c -> check(c, List.of());
      case Decision.Land land -> land(land.accepted());
    }
    return true;
  }

  /**
   * Gathers the facts that the decider asks for before a start, one after the other. They are
   * appended together with the decision that follows from them. Returns false if there is nothing
   * to do now.
   */
  private boolean admit() {
    boolean startsAttempt = state.state() == State.ATTEMPTING;
    if (startsAttempt && !store.mayStart(state.agent())) {
      return false;
    }
    Event.AdmissionAsked known = Event.AdmissionAsked.nothing(clock.instant());
    Decision next = Decider.decide(state, state.policy());
    while (next instanceof Decision.Admit a) {
      known = learn(a.fact(), known);
      next = Decider.decide(state.after(known), state.policy());
    }
    return follow(known, next);
  }

  private Event.AdmissionAsked learn(AdmissionFact fact, Event.AdmissionAsked known) {
    return switch (fact) {
      case REVIEWERS -> known.with(store.reviewers(known.at()));
      case QUOTA -> known.with(store.quota(state.agent(), known.at()));
      case MONEY -> known.with(store.reserve(state, known.at()));
    };
  }

  /**
   * Carries out what follows from the gathered facts. After a start was postponed, the loop
   * continues only in the cases of release 0.1.0, whose recorded workflows are replayed: after a
   * quota, because another agent may have one, and after a judge.
   */
  private boolean follow(Event.AdmissionAsked known, Decision next) {
    switch (next) {
      case Decision.Start start -> attempt(start, known);
      case Decision.Check judge -> check(judge, List.of(known));
      case Decision.Defer d -> {
        boolean judge = state.state() == State.CHECKING;
        append(known, d.deferred());
        return judge || d.deferred().reason() == Reason.RATE_LIMITED;
      }
      case Decision.Admit _,
          Decision.Claim _,
          Decision.Prepare _,
          Decision.CheckBase _,
          Decision.Take _,
          Decision.Snapshot _,
          Decision.Land _,
          Decision.Rest _ ->
          throw new IllegalStateException("an admission is followed by " + next);
    }
    return true;
  }

  /**
   * Runs a check. A judge costs money: the facts gathered for it are appended together with its
   * result, which settles the money. What a judge has cost that a human's word ended is unknown.
   *
   * @param known the facts gathered before a judge; empty for any other check
   */
  private void check(Decision.Check c, List<Event.AdmissionAsked> known) {
    List<Event> told = new ArrayList<>(known);
    try {
      effects
          .check(this, state, c.check())
          .ifPresentOrElse(
              f -> told.addAll(f.events(c.attempt())),
              () ->
                  known.forEach(_ ->
                      told.add(
                          new Event.Judged(
                              c.attempt(),
                              c.check().name(),
                              List.of(),
                              Optional.empty(),
                              Usage.UNKNOWN))));
    } catch (SetupFailed e) {
      told.add(e.event());
    } catch (Fault e) {
      told.add(new Event.Faulted("check", String.valueOf(e.getMessage())));
    }
    if (!told.isEmpty()) {
      append(told.toArray(Event[]::new));
    }
  }

  /** One effect on the outside world; empty if a human's word ended it. */
  private interface Effect {
    Optional<? extends Event> carryOut();
  }

  private void effect(String where, Effect effect) {
    Optional<? extends Event> outcome;
    try {
      outcome = effect.carryOut();
    } catch (SetupFailed e) {
      outcome = Optional.of(e.event());
    } catch (Fault e) {
      outcome = Optional.of(new Event.Faulted(where, String.valueOf(e.getMessage())));
    }
    outcome.ifPresent(this::append);
  }

  private void land(Event.Accepted accepted) {
    Event outcome;
    try {
      outcome =
          effects
              .land(this, state, accepted, store.ahead(state))
              .orElseGet(() ->
                  new Event.LandingRefused(
                      "A human stopped it before it had landed; accept again.", List.of()));
    } catch (Fault e) {
      outcome = new Event.LandingRefused(String.valueOf(e.getMessage()), List.of());
    }
    append(outcome);
    if (state.state().closed()) {
      effects.close(state);
    }
  }

  private void attempt(Decision.Start start, Event.AdmissionAsked known) {
    TaskState asked = state;
    Money granted = known.money().orElseThrow().money();
    append(
        known,
        new Event.AttemptStarted(
            start.attempt(),
            start.session(),
            start.agent(),
            effects.can(start.spec()),
            store.claim().generation(),
            granted));
    supervise(asked, start, granted);
  }

  private void supervise(TaskState asked, Decision.Start start, Money granted) {
    Instant began = clock.instant();
    try {
      effects.attempt(this, asked, start, granted);
    } catch (Fault e) {
      append(
          new Event.AttemptEnded(
              start.attempt(),
              new Stop.Crashed(-1, String.valueOf(e.getMessage())),
              Usage.NONE,
              Duration.between(began, clock.instant())));
    }
  }
}

package dev.longe.engine;

import dev.longe.check.CheckResult;
import dev.longe.core.Attempt;
import dev.longe.core.CheckSpec;
import dev.longe.core.Decider;
import dev.longe.core.Decision;
import dev.longe.core.Event;
import dev.longe.core.Fault;
import dev.longe.core.HumanWord;
import dev.longe.core.Mode;
import dev.longe.core.Money;
import dev.longe.core.Reason;
import dev.longe.core.State;
import dev.longe.core.Stop;
import dev.longe.core.TaskState;
import dev.longe.core.Usage;
import dev.longe.journal.Inbox;
import dev.longe.journal.PostedWord;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Carries one leased task on until the decider rests. The only place that appends to a task's
 * journal; used by one thread. Deterministic but for what books, effects and clock answer, so that
 * an engine may replay it.
 */
public final class TaskLoop implements Supervised {
  private static final Duration CAPACITY_RETRY = Duration.ofMinutes(5);

  private final TaskStore books;
  private final Effects effects;
  private final InstantSource clock;
  private TaskState state;

  public TaskLoop(TaskStore books, Effects effects, InstantSource clock) {
    this.books = books;
    this.effects = effects;
    this.clock = clock;
    this.state = books.state();
  }

  /** Works until the next word is a human's, the clock's or an account's. */
  public TaskState run() {
    takeOver();
    boolean more = true;
    while (more) {
      takeWords(Optional.empty());
      more = carryOut(Decider.decide(state));
    }
    return state;
  }

  private void takeOver() {
    for (Event event : books.takeOver(state)) {
      append(event);
    }
    if (state.running().isPresent()) {
      Attempt lost = state.running().get();
      append(new Event.AttemptEnded(lost.number(), new Stop.Lost(), lost.usage(), books.seen()));
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
    state = books.append(state, clock.instant(), List.of(events));
  }

  /**
   * Takes what humans said since the last look; pause and stop end a live attempt before they are
   * answered.
   */
  @Override
  public void takeWords(Optional<? extends Reachable> live) {
    for (PostedWord command : books.words()) {
      Optional<String> refusal = HumanWord.refusalOfOld(state, command.word());
      if (refusal.isEmpty()) {
        append(delivered(command.word(), live));
        if (command.word() instanceof Event.PauseAsked
            || command.word() instanceof Event.StopAsked) {
          live.ifPresent(l -> l.stop(new Stop.Interrupted()));
        }
        if (command.word() instanceof Event.Discarded) {
          effects.close(state);
        }
      }
      books.answer(command, refusal.orElse(Inbox.TAKEN));
    }
  }

  private static Event delivered(Event.Word word, Optional<? extends Reachable> live) {
    return word instanceof Event.Steered s
        ? new Event.Steered(s.message(), live.map(l -> l.steer(s.message())).orElse(false))
        : word;
  }

  /** False if there is nothing to do now. */
  private boolean carryOut(Decision decision) {
    switch (decision) {
      case Decision.Rest _ -> {
        return false;
      }
      case Decision.Claim _ -> append(books.claim());
      case Decision.Take take -> append(take.decided());
      case Decision.Start start -> {
        return attempt(start);
      }
      case Decision.Prepare _ ->
          effect("prepare", () -> new Event.Prepared(effects.prepare(state)));
      case Decision.CheckBase c ->
          effect(
              "check the base",
              () -> {
                CheckResult f = effects.checkBase(state, c.check());
                return new Event.BaseChecked(f.verdict(), f.receipt());
              });
      case Decision.Snapshot s ->
          effect("snapshot", () -> new Event.CandidateMade(s.attempt(), effects.snapshot(state)));
      case Decision.Check c -> check(c);
      case Decision.Land land -> land(land.accepted());
    }
    return true;
  }

  /** A judge spends: its money is reserved first, and settled by what it tells. */
  private void check(Decision.Check c) {
    if (c.check() instanceof CheckSpec.Judge) {
      Grant grant = books.reserve(state, clock.instant());
      if (grant.money().micros() == 0) {
        append(
            new Event.Deferred(
                Reason.BUDGET,
                grant.retry(),
                "The day's money for a judge is spent or reserved by other tasks."));
        return;
      }
    }
    try {
      CheckResult f = effects.check(state, c.check());
      List<Event> told = new ArrayList<>();
      f.opinions()
          .ifPresent(o ->
              told.add(
                  new Event.Judged(
                      c.attempt(), c.check().name(), o.opinions(), o.model(), o.usage())));
      f.measures()
          .ifPresent(
              m -> told.add(new Event.Measured(c.attempt(), m.growth(), m.remarks(), m.more())));
      told.add(new Event.Checked(c.attempt(), f.verdict(), f.receipt()));
      append(told.toArray(Event[]::new));
    } catch (Fault e) {
      append(new Event.Faulted("check", String.valueOf(e.getMessage())));
    }
  }

  /** One effect of the outside world. */
  private interface Effect {
    Event carryOut();
  }

  private void effect(String where, Effect effect) {
    Event outcome;
    try {
      outcome = effect.carryOut();
    } catch (Fault e) {
      outcome = new Event.Faulted(where, String.valueOf(e.getMessage()));
    }
    append(outcome);
  }

  private void land(Event.Accepted accepted) {
    Event outcome;
    try {
      outcome = effects.land(state, accepted, books.ahead(state));
    } catch (Fault e) {
      outcome = new Event.LandingRefused(String.valueOf(e.getMessage()), List.of());
    }
    append(outcome);
    if (state.state().closed()) {
      effects.close(state);
    }
  }

  private boolean attempt(Decision.Start start) {
    Instant now = clock.instant();
    Optional<String> full =
        start.attempt() > 1 || state.loop().mode() == Mode.EXPLORE
            ? Optional.empty()
            : books.full(state, start, now);
    if (full.isPresent()) {
      append(new Event.Deferred(Reason.REVIEW_CAPACITY, now.plus(CAPACITY_RETRY), full.get()));
      return false;
    }
    Optional<Instant> open = books.tripped(start.spec(), now);
    if (open.isPresent()) {
      append(
          new Event.Deferred(
              Reason.RATE_LIMITED,
              open.get(),
              "The quota of " + start.spec().driver() + " is used up."));
      return true;
    }
    Grant grant = books.reserve(state, now);
    if (grant.money().micros() == 0) {
      append(
          new Event.Deferred(
              Reason.BUDGET,
              grant.retry(),
              "The day's money is spent or reserved by other tasks."));
      return false;
    }
    TaskState asked = state;
    append(
        new Event.AttemptStarted(
            start.attempt(),
            start.session(),
            start.agent(),
            effects.can(start.spec()),
            books.claim().generation(),
            grant.money()));
    supervise(asked, start, grant.money());
    if (state.last().flatMap(Attempt::stop).orElseThrow() instanceof Stop.RateLimited limited) {
      books.trip(start.spec(), limited.until());
    }
    return true;
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

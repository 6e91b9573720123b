package dev.longe.runner;

import dev.longe.check.Finding;
import dev.longe.core.Attempt;
import dev.longe.core.CheckSpec;
import dev.longe.core.Decider;
import dev.longe.core.Decision;
import dev.longe.core.Event;
import dev.longe.core.Fault;
import dev.longe.core.HumanWord;
import dev.longe.core.Money;
import dev.longe.core.Reason;
import dev.longe.core.State;
import dev.longe.core.Stop;
import dev.longe.core.TaskState;
import dev.longe.core.Usage;
import dev.longe.journal.Account;
import dev.longe.journal.Command;
import dev.longe.journal.Entry;
import dev.longe.journal.Inbox;
import dev.longe.journal.Journal;
import dev.longe.journal.Lease;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Carries one leased task on until the decider rests. The only place that appends to a task's
 * journal; used by one thread.
 */
final class TaskLoop {
  private static final Duration BUDGET_RETRY = Duration.ofMinutes(10);
  private static final Duration CAPACITY_RETRY = Duration.ofMinutes(5);

  private final Journal journal;
  private final Effects effects;
  private final InstantSource clock;
  private final Settings settings;
  private final Lease lease;
  private TaskState state;

  TaskLoop(Journal journal, Effects effects, InstantSource clock, Settings settings, Lease lease) {
    this.journal = journal;
    this.effects = effects;
    this.clock = clock;
    this.settings = settings;
    this.lease = lease;
    this.state = journal.state(lease.task());
  }

  /** Works until the next word is a human's, the clock's or an account's. */
  TaskState run() {
    takeOver();
    boolean more = true;
    while (more) {
      takeWords(Optional.empty());
      more = carryOut(Decider.decide(state));
    }
    return state;
  }

  /**
   * An attempt that still runs by the journal ran under an owner that is gone; so are its
   * processes.
   */
  private void takeOver() {
    if (state.running().isPresent()) {
      List<Entry> entries = journal.entries(lease.task());
      Instant started =
          entries.stream()
              .filter(e -> e.event() instanceof Event.AttemptStarted)
              .map(Entry::at)
              .reduce((_, later) -> later)
              .orElseThrow();
      append(new Event.Claimed(lease.generation(), settings.machine()));
      append(
          new Event.AttemptEnded(
              state.running().get().number(),
              new Stop.Lost(),
              state.running().get().usage(),
              Duration.between(started, entries.getLast().at())));
    } else if (state.state() == State.WAITING
        && state.until().filter(t -> !t.isAfter(clock.instant())).isPresent()) {
      append(new Event.Woken());
    }
  }

  TaskState state() {
    return state;
  }

  void append(Event... events) {
    state = journal.append(lease, state, clock.instant(), List.of(events));
  }

  /**
   * Takes what humans said since the last look; pause and stop end a live attempt before they are
   * answered.
   */
  void takeWords(Optional<LiveAttempt> live) {
    for (Command command : journal.inbox().open(lease.task())) {
      Optional<String> refusal = HumanWord.refusal(state, command.word());
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
      journal.inbox().answer(command, refusal.orElse(Inbox.TAKEN));
    }
  }

  private static Event delivered(Event word, Optional<LiveAttempt> live) {
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
      case Decision.Claim _ -> append(new Event.Claimed(lease.generation(), settings.machine()));
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
                Finding f = effects.checkBase(state, c.check());
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
    if (c.check() instanceof CheckSpec.Judge && reserve(clock.instant()).micros() == 0) {
      append(
          new Event.Deferred(
              Reason.BUDGET,
              retryBudget(clock.instant()),
              "The day's money for a judge is spent or reserved by other tasks."));
      return;
    }
    try {
      Finding f = effects.check(state, c.check());
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
      outcome = effects.land(state, accepted, Ahead.of(journal, state));
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
    Optional<String> full = new Capacity(journal, settings).full(state, start, now);
    if (full.isPresent()) {
      append(new Event.Deferred(Reason.REVIEW_CAPACITY, now.plus(CAPACITY_RETRY), full.get()));
      return false;
    }
    String account = settings.agents().entry(start.spec().driver()).account();
    Optional<Instant> open = journal.accounts().tripped(account, now);
    if (open.isPresent()) {
      append(
          new Event.Deferred(
              Reason.RATE_LIMITED,
              open.get(),
              "The quota of " + start.spec().driver() + " is used up."));
      return true;
    }
    Money granted = reserve(now);
    if (granted.micros() == 0) {
      append(
          new Event.Deferred(
              Reason.BUDGET,
              retryBudget(now),
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
            lease.generation(),
            granted));
    supervise(asked, start, granted);
    if (state.last().flatMap(Attempt::stop).orElseThrow() instanceof Stop.RateLimited limited) {
      journal.accounts().trip(account, limited.until());
    }
    return true;
  }

  private Money reserve(Instant now) {
    Money want = state.limits().money().left(state.spent().cost().known());
    return journal.accounts().reserve(lease.task(), want, accounts(now));
  }

  private void supervise(TaskState asked, Decision.Start start, Money granted) {
    Instant began = clock.instant();
    try {
      LiveAttempt live = effects.start(asked, start);
      new Supervision(this, live, clock, granted).follow();
    } catch (Fault e) {
      append(
          new Event.AttemptEnded(
              start.attempt(),
              new Stop.Crashed(-1, String.valueOf(e.getMessage())),
              Usage.NONE,
              Duration.between(began, clock.instant())));
    }
  }

  private List<Account> accounts(Instant now) {
    LocalDate day = LocalDate.ofInstant(now, settings.zone());
    List<Account> accounts = new ArrayList<>();
    accounts.add(new Account("day:" + day, settings.day()));
    state
        .loop()
        .limits()
        .day()
        .ifPresent(m -> accounts.add(new Account("loop:" + state.loop().name() + ":" + day, m)));
    return accounts;
  }

  /** Money that is reserved may come back before the day is over. */
  private Instant retryBudget(Instant now) {
    ZoneId zone = settings.zone();
    Instant tomorrow = LocalDate.ofInstant(now, zone).plusDays(1).atStartOfDay(zone).toInstant();
    Instant soon = now.plus(BUDGET_RETRY);
    return soon.isBefore(tomorrow) ? soon : tomorrow;
  }
}

package dev.longe.core.policy;

import dev.longe.core.AgentSpec;
import dev.longe.core.Breaker;
import dev.longe.core.Candidate;
import dev.longe.core.Capabilities;
import dev.longe.core.CheckName;
import dev.longe.core.CheckSpec;
import dev.longe.core.Command;
import dev.longe.core.Commit;
import dev.longe.core.Cost;
import dev.longe.core.Event;
import dev.longe.core.Grant;
import dev.longe.core.Limits;
import dev.longe.core.Loop;
import dev.longe.core.Mode;
import dev.longe.core.Money;
import dev.longe.core.MoveStep;
import dev.longe.core.OutsideLink;
import dev.longe.core.Receipt;
import dev.longe.core.Review;
import dev.longe.core.ReviewLoad;
import dev.longe.core.Sandboxing;
import dev.longe.core.Source;
import dev.longe.core.State;
import dev.longe.core.Stop;
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.core.Tokens;
import dev.longe.core.Usage;
import dev.longe.core.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;

/** A task that is driven by the real decider, with outcomes that the test names. */
final class Story {
  static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");
  static final CheckName TESTS = new CheckName("tests");
  static final String BASE_TREE = "tree-base";
  static final TaskId ID = new TaskId("abcde");

  /** What an attempt of the story does. */
  record Outcome(
      Stop stop,
      String tree,
      List<String> failing,
      Usage usage,
      List<String> touched,
      List<OutsideLink> links) {
    Outcome costing(String dollars) {
      Usage cost =
          new Usage(
              new Tokens(1_000, 10, 0, 0),
              new Cost.Reported(Money.ofDollars(new java.math.BigDecimal(dollars))));
      return new Outcome(stop, tree, failing, cost, touched, links);
    }

    Outcome touching(String... paths) {
      return new Outcome(stop, tree, failing, usage, List.of(paths), links);
    }

    Outcome linking(String path, String target) {
      return new Outcome(
          stop, tree, failing, usage, touched, List.of(new OutsideLink(path, target)));
    }
  }

  static Outcome ended(String tree, String... failing) {
    return stopped(new Stop.Ended(), tree, failing);
  }

  static Outcome stopped(Stop stop, String tree, String... failing) {
    return new Outcome(stop, tree, List.of(failing), Usage.NONE, List.of(), List.of());
  }

  final List<Event> events = new ArrayList<>();
  private final Deque<Outcome> outcomes = new ArrayDeque<>();
  private Optional<Outcome> current = Optional.empty();
  private Capabilities can = new Capabilities(true, true, true);
  private final Deque<Verdict> baseVerdicts = new ArrayDeque<>();
  private final Deque<Verdict> verdicts = new ArrayDeque<>();
  private boolean prepareFails;
  private ReviewLoad load = new ReviewLoad(0, 300, 300, List.of());
  private Optional<Instant> openUntil = Optional.empty();
  private boolean onlyTheFirst;
  private boolean spendsAll;
  private Money money = new Money(5_000_000);
  TaskState state;

  Story(Loop loop) {
    Event.Submitted submitted =
        new Event.Submitted(
            "Mend it.", new Source("/repo", Optional.of("main"), new Commit("a".repeat(40))), loop);
    events.add(submitted);
    state = TaskState.of(ID, List.of(submitted));
  }

  static Loop loop() {
    return loop(Loop.DEFAULT_MOVES, run(false));
  }

  static CheckSpec run(boolean red) {
    return new CheckSpec.Run(
        TESTS,
        new Command.Shell("make test"),
        Optional.empty(),
        Duration.ofMinutes(1),
        red,
        false,
        OptionalInt.empty());
  }

  static Loop loop(List<MoveStep> moves, CheckSpec... checks) {
    return new Loop(
        "fix",
        Mode.EXECUTE,
        List.of(new AgentSpec("claude", List.of()), new AgentSpec("script", List.of("s.yaml"))),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(checks),
        List.of("test/**"),
        moves,
        Limits.DEFAULT,
        Review.ALWAYS,
        Sandboxing.NONE,
        List.of(),
        List.of(),
        "{{task}}");
  }

  static Loop with(Loop l, Limits limits) {
    return new Loop(
        l.name(),
        l.mode(),
        l.agents(),
        l.setup(),
        List.of(),
        l.services(),
        l.checks(),
        l.protect(),
        l.moves(),
        limits,
        l.review(),
        l.sandbox(),
        l.env(),
        l.carry(),
        l.prompt());
  }

  static Loop exploring(Loop l) {
    return new Loop(
        l.name(),
        Mode.EXPLORE,
        l.agents(),
        l.setup(),
        List.of(),
        l.services(),
        l.checks(),
        l.protect(),
        l.moves(),
        l.limits(),
        l.review(),
        l.sandbox(),
        l.env(),
        l.carry(),
        l.prompt());
  }

  static Limits attempts(int n) {
    return Limits.DEFAULT.with(
        new Limits.Raise(
            Optional.of(n),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));
  }

  Story without(boolean resume) {
    can = new Capabilities(!resume, true, true);
    return this;
  }

  Story preparingFails() {
    prepareFails = true;
    return this;
  }

  /** From now on so much waits for review. */
  Story reviewers(ReviewLoad now) {
    load = now;
    return this;
  }

  /** From now on the quota of all agents is used up until then. */
  Story quota(Instant until) {
    openUntil = Optional.of(until);
    return this;
  }

  Story firstAgentHasNoQuota(Instant until) {
    onlyTheFirst = true;
    return quota(until);
  }

  /** From now on the quota of all agents is there. */
  Story quotaIsThere() {
    openUntil = Optional.empty();
    return this;
  }

  /** After the next attempt nothing of the day's money is left. */
  Story spendsAllAtTheFirstAttempt() {
    spendsAll = true;
    return this;
  }

  /** From now on so much of the day's money is there. */
  Story money(Money now) {
    money = now;
    return this;
  }

  Story onBase(Verdict... seen) {
    baseVerdicts.addAll(Arrays.asList(seen));
    return this;
  }

  /** Verdicts in place of those that follow from the outcomes' failing cases. */
  Story checksSay(Verdict... seen) {
    verdicts.addAll(Arrays.asList(seen));
    return this;
  }

  Story happens(Event event) {
    state = state.after(event);
    events.add(event);
    return this;
  }

  /** A human says what follows from the present state. */
  Story says(Function<TaskState, Event.Word> word) {
    return happens(word.apply(state));
  }

  /** Drives the task with these outcomes, one for each attempt, until it rests or lacks one. */
  Story attempts(Outcome... all) {
    outcomes.addAll(Arrays.asList(all));
    while (step()) {}
    return this;
  }

  /** As {@link #attempts}, and no further than to a state. */
  Story attemptsUntil(State reached, Outcome... all) {
    outcomes.addAll(Arrays.asList(all));
    while (state.state() != reached && step()) {}
    return this;
  }

  /** One decision carried out; false at rest or where the story has no outcome left. */
  private boolean step() {
    return carryOut(decide(state));
  }

  static Decision decide(TaskState state) {
    return Decider.decide(state, state.policy());
  }

  private boolean carryOut(Decision decision) {
    switch (decision) {
      case Decision.Rest _ -> {
        return false;
      }
      case Decision.Admit _ -> {
        return admit();
      }
      case Decision.Defer d -> happens(d.deferred());
      case Decision.Claim _ -> happens(new Event.Claimed(1, "here"));
      case Decision.Prepare _ ->
          happens(
              prepareFails
                  ? new Event.Faulted("prepare", "no disk")
                  : new Event.Prepared(BASE_TREE));
      case Decision.CheckBase c -> happens(new Event.BaseChecked(onBase(c.check()), receipt()));
      case Decision.Take t -> happens(t.decided());
      case Decision.Start s -> {
        current = Optional.of(outcomes.remove());
        money = spendsAll ? Money.ZERO : money;
        start(s, current.get());
      }
      case Decision.Snapshot s -> {
        Outcome o = current.orElseThrow();
        happens(new Event.CandidateMade(s.attempt(), candidate(s.attempt(), o)));
      }
      case Decision.Check c ->
          happens(new Event.Checked(c.attempt(), verdict(c.check()), receipt()));
      case Decision.Land _ -> {
        return false;
      }
    }
    return true;
  }

  /** Asks until something follows; without an outcome left nothing is written of a start. */
  private boolean admit() {
    TaskState asked = admission(state);
    Decision next = decide(asked);
    if (next instanceof Decision.Start && outcomes.isEmpty()) {
      return false;
    }
    happens(asked.admission().orElseThrow());
    return carryOut(next);
  }

  private TaskState admission(TaskState before) {
    Event.AdmissionAsked asked = Event.AdmissionAsked.nothing(NOW);
    TaskState now = before;
    while (decide(now) instanceof Decision.Admit a) {
      asked =
          switch (a.fact()) {
            case REVIEWERS -> asked.with(load);
            case QUOTA -> asked.with(new Breaker(now.agent().driver(), quotaOf(now)));
            case MONEY -> asked.with(new Grant(money, NOW.plusSeconds(60)));
          };
      now = before.after(asked);
    }
    return now;
  }

  private Optional<Instant> quotaOf(TaskState asks) {
    return onlyTheFirst && asks.agentIndex() > 0 ? Optional.empty() : openUntil;
  }

  /** The start that follows in a state where nothing holds it up. */
  static Decision.Start start(TaskState state) {
    return (Decision.Start) decide(new Story(loop()).admission(state));
  }

  private void start(Decision.Start s, Outcome o) {
    happens(
        new Event.AttemptStarted(
            s.attempt(),
            s.session(),
            s.agent(),
            can,
            1,
            state.admission().orElseThrow().money().orElseThrow().money()));
    happens(new Event.SessionNamed(s.attempt(), "session-" + s.session(), Optional.of("m")));
    happens(new Event.AttemptEnded(s.attempt(), o.stop(), o.usage(), Duration.ofSeconds(1)));
  }

  private static Candidate candidate(int number, Outcome o) {
    return new Candidate(
        number,
        new Commit("%040d".formatted(number)),
        o.tree(),
        List.of("a.txt"),
        1,
        0,
        o.touched(),
        List.of(),
        o.links());
  }

  private Verdict onBase(CheckSpec check) {
    return baseVerdicts.isEmpty() ? failed(check.name(), "case") : baseVerdicts.remove();
  }

  private Verdict verdict(CheckSpec check) {
    if (!verdicts.isEmpty()) {
      return verdicts.remove();
    }
    List<String> failing = current.orElseThrow().failing();
    return failing.isEmpty()
        ? new Verdict.Passed(check.name(), OptionalDouble.empty())
        : failed(check.name(), failing.toArray(String[]::new));
  }

  static Verdict failed(CheckName check, String... cases) {
    String signature = String.join(",", cases);
    return new Verdict.Failed(check, List.of(cases), "boom", signature, OptionalDouble.empty());
  }

  static Verdict broken() {
    return new Verdict.Broken(TESTS, "command not found");
  }

  static Receipt receipt() {
    return new Receipt(
        "r",
        "make test",
        new Commit("b".repeat(40)),
        "t",
        0,
        Duration.ofMillis(5),
        "0",
        Optional.empty());
  }

  /** The moves decided so far, with their reasons. */
  List<String> decisions() {
    return events.stream()
        .filter(e -> e instanceof Event.Decided)
        .map(e -> (Event.Decided) e)
        .map(d -> d.move().word() + " " + d.reason().code())
        .toList();
  }
}

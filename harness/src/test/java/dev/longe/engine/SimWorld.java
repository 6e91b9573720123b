package dev.longe.engine;

import dev.longe.agent.AgentRun;
import dev.longe.check.CheckResult;
import dev.longe.core.AgentSpec;
import dev.longe.core.Candidate;
import dev.longe.core.Capabilities;
import dev.longe.core.CheckSpec;
import dev.longe.core.Commit;
import dev.longe.core.Cost;
import dev.longe.core.Event;
import dev.longe.core.Fault;
import dev.longe.core.Money;
import dev.longe.core.Opinion;
import dev.longe.core.Receipt;
import dev.longe.core.Stop;
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.core.Tokens;
import dev.longe.core.Usage;
import dev.longe.core.Verdict;
import dev.longe.core.policy.Decision;
import dev.longe.effects.LiveAttempt;
import dev.longe.effects.LiveEffects;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;

/**
 * A world in which time, agents, checks and a repository are played from a seed, and in which a
 * process of the harness may die at the beginning and at the end of every effect. It writes down
 * what really happens, and holds each effect against what happened before.
 */
final class SimWorld implements LiveEffects, InstantSource {
  /** What one step of an agent, or one judge, costs at most. */
  static final int STEP_MICROS_MAX = 900_000;

  private static final int FAULT_IN = 60;
  private static final int LANDING_TRIES = 5;

  final SimGit git = new SimGit();
  final SimRecords records;
  private final Random random;
  private final Strands strands;
  private final Sabotage sabotage;
  private final Map<TaskId, String> trees = new HashMap<>();
  private Instant now = Instant.parse("2026-11-20T08:00:00Z");
  private int made;

  /** Whether effects fail by themselves. */
  boolean faulty = true;

  SimWorld(Random random, Strands strands, SimRecords records, Sabotage sabotage) {
    this.random = random;
    this.strands = strands;
    this.records = records;
    this.sabotage = sabotage;
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public InstantSource clock() {
    return this;
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  String day() {
    return LocalDate.ofInstant(now, ZoneOffset.UTC).toString();
  }

  private void boundary() {
    strands.boundary();
  }

  private void fault(String what) {
    if (faulty && random.nextInt(FAULT_IN) == 0) {
      throw new Fault(what + " failed in the simulation");
    }
  }

  /** Somebody else pushes to the target. */
  void push() {
    Optional<Commit> tip = git.at(SimGit.MAIN);
    boolean _ = git.move(SimGit.MAIN, tip, git.commit(tree(), "somebody's", tip.stream().toList()));
  }

  private String tree() {
    made++;
    return "tree-" + made;
  }

  static String refs(TaskId task) {
    return "refs/longe/" + task + "/";
  }

  @Override
  public Optional<String> prepare(Supervised loop, TaskState task) {
    boundary();
    if (ended(loop)) {
      return Optional.empty();
    }
    fault("prepare");
    trees.putIfAbsent(task.id(), git.tree(git.base()));
    boundary();
    return Optional.of(git.tree(git.base()));
  }

  /** An effect of the harness, which a word may end while it runs. */
  private static final class Ending implements Reachable {
    private boolean stopped;

    @Override
    public boolean steer(String message) {
      return false;
    }

    @Override
    public void stop(Stop why) {
      stopped = true;
    }
  }

  /** Takes the words that were said meanwhile; whether one of them ended the effect. */
  private boolean ended(Supervised loop) {
    Ending live = new Ending();
    loop.takeWords(Optional.of(live));
    boundary();
    return live.stopped;
  }

  @Override
  public Optional<CheckResult> checkBase(Supervised loop, TaskState task, CheckSpec check) {
    boundary();
    if (ended(loop)) {
      return Optional.empty();
    }
    boolean fails = random.nextInt(8) > 0;
    CheckResult found = find(git.base(), check, fails);
    records.seenRed(task.id(), found.verdict() instanceof Verdict.Failed);
    boundary();
    return Optional.of(
        sabotage == Sabotage.CALLS_GREEN_RED && !fails
            ? new CheckResult(failing(check), found.receipt())
            : found);
  }

  @Override
  public Capabilities can(AgentSpec agent) {
    return new Capabilities(agent.driver().equals("claude"), true, true);
  }

  @Override
  public void attempt(Supervised loop, TaskState asked, Decision.Start start, Money granted) {
    if (sabotage == Sabotage.STARTS_TWICE) {
      LiveAttempt _ = start(asked, start);
    }
    LiveEffects.super.attempt(loop, asked, start, granted);
  }

  @Override
  public LiveAttempt start(TaskState task, Decision.Start start) {
    boundary();
    TaskId id = task.id();
    String agent = start.spec().driver();
    records.must(records.living(id).isEmpty(), Fact.ONE_AGENT, "two agents at once on " + id);
    records.must(records.wasRed(id), Fact.RED_SEEN, id + " starts and was not seen red");
    records.must(!records.heldByHuman(id), Fact.STOP_HOLDS, id + " starts after a human's stop");
    records.must(
        records.heldBack(agent, id, now).isEmpty(),
        Fact.BREAKER_HOLDS,
        id + " starts while " + agent + " is held back");
    saved(id);
    SimRecords.Attempt attempt =
        new SimRecords.Attempt(
            id, start.attempt(), agent, records.reservedDay(id), strands.current().process());
    records.attempts.add(attempt);
    return new Played(attempt);
  }

  private void saved(TaskId task) {
    records.must(
        git.trees(refs(task)).containsAll(records.mustBeSaved(task)),
        Fact.TREES_SAVED,
        "a tree of " + task + " is under no ref");
  }

  private void quiet(TaskId task) {
    records.must(
        records.living(task).isEmpty(), Fact.AGENTS_GONE, "an agent of " + task + " still lives");
  }

  @Override
  public Candidate snapshot(TaskState task) {
    boundary();
    quiet(task.id());
    fault("snapshot");
    int number = task.attempts().size();
    String tree = Optional.ofNullable(trees.get(task.id())).orElseThrow();
    List<Commit> parents = task.candidate().map(Candidate::commit).stream().toList();
    Commit commit =
        git.commit(tree, "candidate", parents.isEmpty() ? List.of(git.base()) : parents);
    boundary();
    if (sabotage != Sabotage.SKIPS_SNAPSHOT) {
      git.force(refs(task.id()) + number, commit);
    }
    boundary();
    List<String> touched = random.nextInt(10) == 0 ? List.of("test/a") : List.of();
    return new Candidate(number, commit, tree, List.of("a"), 1, 0, touched, List.of(), List.of());
  }

  @Override
  public Optional<CheckResult> check(Supervised loop, TaskState task, CheckSpec check) {
    boundary();
    quiet(task.id());
    saved(task.id());
    records.must(
        !records.heldByHuman(task.id()),
        Fact.STOP_HOLDS,
        task.id() + " is checked after a human's stop");
    if (ended(loop)) {
      if (check instanceof CheckSpec.Judge) {
        paid(task, Usage.UNKNOWN); // nobody hears what it has cost
      }
      return Optional.empty();
    }
    Commit commit = task.last().flatMap(a -> a.candidate()).orElseThrow().commit();
    pass(Duration.ofSeconds(random.nextInt(60)));
    fault("check");
    if (check instanceof CheckSpec.Judge judge) {
      return Optional.of(judged(task, commit, judge));
    }
    CheckResult found = find(commit, check, random.nextInt(3) == 0);
    boundary();
    return Optional.of(
        sabotage == Sabotage.MASKS_CHECK
            ? new CheckResult(
                new Verdict.Passed(check.name(), OptionalDouble.empty()), found.receipt())
            : found);
  }

  private CheckResult judged(TaskState task, Commit commit, CheckSpec.Judge judge) {
    Usage usage = step();
    CheckResult found = find(commit, judge, random.nextInt(5) == 0);
    paid(task, usage);
    boundary();
    List<Opinion> opinions = List.of(new Opinion("good", Opinion.Answer.MET, "a:1"));
    return new CheckResult(
        found.verdict(),
        found.receipt(),
        Optional.of(new CheckResult.Opinions(opinions, Optional.empty(), usage)),
        Optional.empty());
  }

  private void paid(TaskState task, Usage usage) {
    records.judgings.add(
        new SimRecords.Judging(
            records.judgings.size(),
            task.id(),
            task.attempts().size(),
            records.reservedDay(task.id()),
            usage));
  }

  private CheckResult find(Commit commit, CheckSpec check, boolean fails) {
    String tree = git.tree(commit);
    Receipt receipt =
        new Receipt("r", "x", commit, tree, 0, Duration.ofSeconds(1), "0", Optional.empty());
    Verdict verdict =
        random.nextInt(20) == 0
            ? new Verdict.Broken(check.name(), "simulated")
            : fails ? failing(check) : new Verdict.Passed(check.name(), OptionalDouble.empty());
    records.checked(commit.id(), check.name().text(), verdict instanceof Verdict.Passed);
    return new CheckResult(verdict, receipt);
  }

  private Verdict failing(CheckSpec check) {
    List<String> cases =
        random.ints(1 + random.nextInt(3), 0, 5).mapToObj(i -> "case" + i).toList();
    return new Verdict.Failed(
        check.name(), cases, "boom", String.join(",", cases), OptionalDouble.empty());
  }

  @Override
  public Optional<Event> land(
      Supervised loop, TaskState task, Event.Accepted accepted, List<TaskState> ahead) {
    boundary();
    if (ended(loop)) {
      return Optional.empty();
    }
    quiet(task.id());
    Candidate candidate = task.candidate().orElseThrow();
    for (CheckSpec check : task.loop().checks()) {
      records.must(
          records.passed(candidate.commit().id(), check.name().text()),
          Fact.LANDED_PASSED,
          task.id() + " lands, and «" + check.name() + "» did not pass on it");
    }
    if (random.nextInt(4) == 0 && git.landings(SimGit.MAIN, task.id()).isEmpty()) {
      return Optional.of(new Event.LandingRefused("conflict", List.of()));
    }
    for (int i = 0; i < LANDING_TRIES; i++) {
      Optional<Event> landed = once(task, ahead);
      if (landed.isPresent()) {
        return landed;
      }
    }
    return Optional.of(new Event.LandingRefused("the target moves too fast", List.of()));
  }

  /** One try to land a change behind those that were accepted before it. */
  private Optional<Event> once(TaskState task, List<TaskState> ahead) {
    Commit onto = git.at(SimGit.MAIN).orElseThrow();
    List<Commit> there = git.landings(SimGit.MAIN, task.id());
    if (!there.isEmpty() && sabotage != Sabotage.LANDS_WITHOUT_LOOKING) {
      return Optional.of(new Event.Landed(there.getFirst(), SimGit.MAIN, List.of()));
    }
    Commit tip = onto;
    for (TaskState one : ahead) {
      if (git.landings(SimGit.MAIN, one.id()).isEmpty()) {
        tip = landing(one, tip);
      }
    }
    tip = landing(task, tip);
    if (random.nextInt(3) == 0) {
      push();
    }
    boundary();
    boolean moved;
    if (sabotage == Sabotage.MOVES_WITHOUT_COMPARING) {
      git.force(SimGit.MAIN, tip);
      moved = true;
    } else {
      moved = git.move(SimGit.MAIN, Optional.of(onto), tip);
    }
    strands.midway();
    return moved ? Optional.of(new Event.Landed(tip, SimGit.MAIN, List.of())) : Optional.empty();
  }

  private Commit landing(TaskState task, Commit onto) {
    String tree = git.tree(onto) + "+" + task.candidate().orElseThrow().tree();
    return git.commit(tree, SimGit.message(task.id()), List.of(onto));
  }

  @Override
  public void endLeftovers(TaskState task) {}

  @Override
  public void close(TaskState task) {
    boundary();
    quiet(task.id());
    git.delete(refs(task.id()));
  }

  private Usage step() {
    boolean known = random.nextInt(10) > 0;
    Money cost = new Money(random.nextInt(STEP_MICROS_MAX));
    return new Usage(
        new Tokens(random.nextInt(50_000), 100, 0, 0),
        known ? new Cost.Reported(cost) : new Cost.Unknown(Money.ZERO));
  }

  /** An agent that changes its tree, uses time and money in steps, and ends in some way. */
  private final class Played implements LiveAttempt {
    private final SimRecords.Attempt attempt;
    private final Deque<Signal> script = new ArrayDeque<>();
    private Optional<Stop> imposed = Optional.empty();

    Played(SimRecords.Attempt attempt) {
      this.attempt = attempt;
      script.add(new Signal.Named("session", Optional.of("model")));
      int steps = random.nextInt(6);
      for (int i = 0; i < steps; i++) {
        script.add(new Signal.Used(Usage.NONE));
      }
    }

    @Override
    public Optional<Signal> next(Duration patience) {
      boundary();
      pass(Duration.ofSeconds(random.nextInt(400)));
      if (imposed.isPresent() || script.isEmpty()) {
        Stop end = imposed.orElseGet(this::own);
        attempt.end = Optional.of(end);
        attempt.alive = sabotage == Sabotage.LEAVES_AGENT;
        boundary();
        return Optional.of(new Signal.Over(new AgentRun.Ending(end, attempt.used)));
      }
      Signal signal = script.remove();
      if (signal instanceof Signal.Used) {
        work();
        boundary();
        attempt.told.add(attempt.used);
        return Optional.of(new Signal.Used(attempt.used));
      }
      return Optional.of(signal);
    }

    /** It uses money whether or not anybody lives to hear of it. */
    private void work() {
      if (random.nextInt(3) > 0) {
        String left = random.nextInt(4) == 0 ? "tree-same-" + random.nextInt(3) : tree();
        trees.put(attempt.task, left);
        records.left(attempt.task, left);
      }
      attempt.used = attempt.used.plus(step());
    }

    private Stop own() {
      List<Stop> stops =
          List.of(
              new Stop.Ended(),
              new Stop.Ended(),
              new Stop.Ended(),
              new Stop.Ended(),
              new Stop.Asked("which?"),
              new Stop.Cannot("no"),
              new Stop.RateLimited(now.plusSeconds(600 + random.nextInt(6_000))),
              new Stop.Refused("401"),
              new Stop.ProviderDown("500", now),
              new Stop.ContextFull(),
              new Stop.Crashed(1, "x"));
      return stops.get(random.nextInt(stops.size()));
    }

    @Override
    public boolean steer(String message) {
      return imposed.isEmpty();
    }

    @Override
    public void stop(Stop why) {
      if (imposed.isEmpty()) {
        imposed = Optional.of(why);
      }
    }

    @Override
    public Duration silence() {
      return random.nextInt(40) == 0 ? Duration.ofDays(1) : Duration.ZERO;
    }

    @Override
    public boolean worksSilently() {
      return random.nextBoolean();
    }
  }
}

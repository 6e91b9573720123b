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
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;

/**
 * A world in which time, agents and checks are played from a seed, and in which the harness may die
 * at the beginning and at the end of every effect. It remembers what really happened, beside what
 * the journal says.
 */
final class SimWorld implements LiveEffects, InstantSource {
  /** The harness died. An error, so that nothing in it can catch it. */
  static final class Death extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** What one step of an agent costs at most. */
  static final int STEP_MICROS_MAX = 900_000;

  private static final int CRASH_IN = 25;
  private static final int FAULT_IN = 60;

  private final Random random;
  private Instant now = Instant.parse("2026-11-20T08:00:00Z");
  private int trees;
  boolean deadly = true;

  /** Tasks of which an agent runs at this moment. */
  final Set<TaskId> running = new HashSet<>();

  /** How often each task's change reached its target. */
  final Map<TaskId, Integer> landed = new HashMap<>();

  SimWorld(long seed) {
    random = new Random(seed);
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

  Random random() {
    return random;
  }

  /** A boundary of an effect. */
  private void boundary() {
    if (deadly && random.nextInt(CRASH_IN) == 0) {
      throw new Death();
    }
  }

  private void fault(String what) {
    if (random.nextInt(FAULT_IN) == 0) {
      throw new Fault(what + " failed in the simulation");
    }
  }

  @Override
  public String prepare(TaskState task) {
    boundary();
    fault("prepare");
    boundary();
    return "tree-base";
  }

  @Override
  public CheckResult checkBase(TaskState task, CheckSpec check) {
    boundary();
    return find(check, random.nextInt(8) > 0);
  }

  @Override
  public Capabilities can(AgentSpec agent) {
    return new Capabilities(agent.driver().equals("claude"), true, true);
  }

  @Override
  public LiveAttempt start(TaskState task, Decision.Start start) {
    boundary();
    if (!running.add(task.id())) {
      throw new IllegalStateException("two agents at once on " + task.id());
    }
    return new Played(task.id());
  }

  /** The kernel ends an agent with the harness. */
  void harnessDied() {
    running.clear();
  }

  @Override
  public Candidate snapshot(TaskState task) {
    boundary();
    fault("snapshot");
    String tree = random.nextInt(4) == 0 ? "tree-" + random.nextInt(3) : "tree-new-" + trees++;
    int number = task.attempts().size();
    List<String> touched = random.nextInt(10) == 0 ? List.of("test/a") : List.of();
    Candidate c =
        new Candidate(
            number, new Commit("%040x".formatted(number)), tree, List.of("a"), 1, 0, touched);
    boundary();
    return c;
  }

  @Override
  public CheckResult check(TaskState task, CheckSpec check) {
    boundary();
    pass(Duration.ofSeconds(random.nextInt(60)));
    CheckResult found = find(check, random.nextInt(3) > 0);
    boundary();
    return found;
  }

  private CheckResult find(CheckSpec check, boolean fails) {
    Receipt receipt =
        new Receipt("r", "x", new Commit("a".repeat(40)), "t", 0, Duration.ofSeconds(1), "0");
    Verdict verdict =
        random.nextInt(20) == 0
            ? new Verdict.Broken(check.name(), "simulated")
            : fails ? failing(check) : new Verdict.Passed(check.name(), OptionalDouble.empty());
    return new CheckResult(verdict, receipt);
  }

  private Verdict failing(CheckSpec check) {
    List<String> cases =
        random.ints(1 + random.nextInt(3), 0, 5).mapToObj(i -> "case" + i).toList();
    return new Verdict.Failed(
        check.name(), cases, "boom", String.join(",", cases), OptionalDouble.empty());
  }

  @Override
  public Event land(TaskState task, Event.Accepted accepted, List<TaskState> ahead) {
    boundary();
    if (random.nextInt(4) == 0) {
      return new Event.LandingRefused("conflict", List.of());
    }
    landed.putIfAbsent(task.id(), 0);
    if (landed.get(task.id()) == 0) {
      landed.merge(task.id(), 1, Integer::sum); // one compare-and-swap; the second finds it done
    }
    boundary();
    return new Event.Landed(new Commit("c".repeat(40)), "refs/heads/main", List.of());
  }

  @Override
  public void close(TaskState task) {
    boundary();
  }

  /** An agent that uses time and money in steps and ends in some way. */
  private final class Played implements LiveAttempt {
    private final TaskId task;
    private final Deque<Signal> script = new ArrayDeque<>();
    private Usage usage = Usage.NONE;
    private Optional<Stop> imposed = Optional.empty();

    Played(TaskId task) {
      this.task = task;
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
        running.remove(task);
        return Optional.of(
            new Signal.Over(new AgentRun.Ending(imposed.orElseGet(this::own), usage)));
      }
      Signal signal = script.remove();
      if (signal instanceof Signal.Used) {
        usage = usage.plus(step());
        return Optional.of(new Signal.Used(usage));
      }
      return Optional.of(signal);
    }

    private Usage step() {
      Money cost = new Money(random.nextInt(STEP_MICROS_MAX));
      boolean known = random.nextInt(10) > 0;
      return new Usage(
          new Tokens(random.nextInt(50_000), 100, 0, 0),
          known ? new Cost.Reported(cost) : new Cost.Unknown(Money.ZERO));
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
              new Stop.RateLimited(now.plusSeconds(600)),
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

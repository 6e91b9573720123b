package dev.longe.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.check.CheckResult;
import dev.longe.core.AgentSpec;
import dev.longe.core.Candidate;
import dev.longe.core.Capabilities;
import dev.longe.core.CheckName;
import dev.longe.core.CheckSpec;
import dev.longe.core.Command;
import dev.longe.core.Commit;
import dev.longe.core.Event;
import dev.longe.core.Limits;
import dev.longe.core.Loop;
import dev.longe.core.Mode;
import dev.longe.core.Money;
import dev.longe.core.Receipt;
import dev.longe.core.Review;
import dev.longe.core.Sandboxing;
import dev.longe.core.Source;
import dev.longe.core.State;
import dev.longe.core.Stop;
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.core.Usage;
import dev.longe.core.Verdict;
import dev.longe.core.policy.Decision;
import dev.longe.cost.PriceTable;
import dev.longe.intake.AgentsFile;
import dev.longe.journal.Journal;
import dev.longe.testing.World;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Slots of a quota account are shared by all agents that draw on it. */
@Timeout(60)
final class QuotaSlotsTest {
  /** Rounds of the engine that an attempt outlasts: enough to start whatever may be started. */
  private static final int ROUNDS = 4;

  private static final String BIG = "big: {driver: script, account: team, slots: 1}\n";
  private static final String SMALL = "small: {driver: script, account: team}\n";
  private static final String OTHER = "other: {driver: script, account: else}\n";

  @TempDir Path directory;
  private final AtomicInteger rounds = new AtomicInteger();

  @Test
  @Tag("I17")
  void agentsOfOneAccount_withOneSlot_neverRunAtOnce() {
    Night night = new Night(BIG + SMALL, "");
    night.serve(List.of("big"), List.of("small"));
    assertThat(night.most).containsEntry("team", 1);
  }

  /** The same without a limit: so the engine would have started both. */
  @Test
  void agentsOfOneAccount_withoutALimit_runAtOnce() {
    Night night = new Night(BIG.replace(", slots: 1", "") + SMALL, "");
    night.serve(List.of("big"), List.of("small"));
    assertThat(night.most).containsEntry("team", 2);
  }

  @Test
  void leastNumberOfAnAccount_holds_andSettingsGoOverIt() {
    Night two = new Night(BIG + SMALL.replace("}", ", slots: 2}"), "");
    two.serve(List.of("big"), List.of("small"));
    assertThat(two.most).containsEntry("team", 1);
    Night set = new Night(BIG + SMALL, "slots: {machine: 4, small: 2}\n");
    set.serve(List.of("big"), List.of("small"));
    assertThat(set.most).containsEntry("team", 2);
  }

  /** The machine has two slots, and of the older tasks only one can use one. */
  @Test
  @Tag("I17")
  void fullAccount_doesNotHoldUpTheTasksOfOthers() {
    Night night = new Night(BIG + OTHER, "slots: {machine: 2}\n");
    night.serve(List.of("big"), List.of("big"), List.of("big"), List.of("other"));
    assertThat(night.attempts.subList(0, 2)).containsExactlyInAnyOrder("big", "other");
  }

  /** A task that goes over to an agent of another account needs a slot there. */
  @Test
  @Tag("I17")
  void handOff_waitsForASlotOfTheOtherAccount() {
    Night night = new Night(BIG + SMALL + OTHER, "");
    night.serve(List.of("other", "big"), List.of("small"));
    assertThat(night.most).containsEntry("team", 1).containsEntry("else", 1);
    assertThat(night.attempts).containsExactlyInAnyOrder("other", "big", "small");
  }

  /** One run of the engine until nothing is left to do. */
  private final class Night implements Effects {
    final Map<String, Integer> most = new ConcurrentHashMap<>();
    final List<String> attempts = new ArrayList<>();
    private final Map<String, Integer> running = new ConcurrentHashMap<>();
    private final List<String> failures = new ArrayList<>();
    private final Settings settings;
    private volatile boolean refused = true;

    Night(String agents, String own) {
      AgentsFile file = AgentsFile.parse("agents.yaml", agents);
      Settings defaults = Settings.defaults("here", ZoneId.of("UTC"), file, PriceTable.shipped());
      settings = own.isEmpty() ? defaults : Settings.parse("settings.yaml", own, defaults);
    }

    @SafeVarargs
    final void serve(List<String>... agents) {
      try (Journal journal =
          Journal.open(directory.resolve("home-" + rounds.get()), _ -> true, () -> {})) {
        List<TaskId> tasks = new ArrayList<>();
        for (List<String> one : agents) {
          TaskId id = new TaskId("aaaa" + (char) ('a' + tasks.size()));
          refused &= one.size() == 1;
          TaskState _ = journal.submit(submitted(one), () -> id, InstantSource.system().instant());
          tasks.add(id);
        }
        new Engine(journal, this, InstantSource.system(), settings, "me")
            .serve(
                idle -> {
                  int _ = rounds.incrementAndGet();
                  return idle;
                },
                failures::add);
        assertThat(failures).isEmpty();
        assertThat(tasks).allSatisfy(t -> assertThat(journal.stateOf(t)).isEqualTo(State.PROPOSED));
      }
    }

    @Override
    public void attempt(Supervised loop, TaskState asked, Decision.Start start, Money granted) {
      String agent = start.spec().driver();
      String account = settings.agents().entry(agent).quotaAccount();
      synchronized (attempts) {
        attempts.add(agent);
      }
      int now = running.merge(account, 1, Integer::sum);
      int _ = most.merge(account, now, Math::max);
      boolean refuses = asked.loop().agents().size() > 1 && start.agent() == 0;
      if (refuses) {
        refused = true;
      } else {
        int began = rounds.get();
        World.until("other attempts could start", () -> refused && rounds.get() >= began + ROUNDS);
      }
      int _ = running.merge(account, -1, Integer::sum);
      loop.append(
          new Event.AttemptEnded(
              start.attempt(),
              refuses ? new Stop.Refused("401") : new Stop.Ended(),
              Usage.NONE,
              Duration.ZERO));
    }

    @Override
    public void endLeftovers(TaskState task) {}

    @Override
    public Optional<String> prepare(Supervised loop, TaskState task) {
      return Optional.of("tree-base");
    }

    @Override
    public Capabilities can(AgentSpec agent) {
      return new Capabilities(true, true, true);
    }

    @Override
    public Candidate snapshot(TaskState task) {
      int number = task.attempts().size();
      return new Candidate(
          number,
          new Commit("%040x".formatted(number)),
          "tree",
          List.of("a"),
          1,
          0,
          List.of(),
          List.of(),
          List.of());
    }

    @Override
    public Optional<CheckResult> check(Supervised loop, TaskState task, CheckSpec check) {
      return Optional.of(
          new CheckResult(
              new Verdict.Passed(check.name(), OptionalDouble.empty()),
              new Receipt(
                  "r",
                  "x",
                  new Commit("a".repeat(40)),
                  "t",
                  0,
                  Duration.ZERO,
                  "0",
                  Optional.empty())));
    }

    @Override
    public Optional<CheckResult> checkBase(Supervised loop, TaskState task, CheckSpec check) {
      return check(loop, task, check);
    }

    @Override
    public Optional<Event> land(
        Supervised loop, TaskState task, Event.Accepted accepted, List<TaskState> ahead) {
      return Optional.of(new Event.LandingRefused("nothing lands here", List.of()));
    }

    @Override
    public void close(TaskState task) {}
  }

  private static Event.Submitted submitted(List<String> agents) {
    CheckSpec tests =
        new CheckSpec.Run(
            new CheckName("tests"),
            new Command.Shell("x"),
            Optional.empty(),
            Duration.ofMinutes(1),
            false,
            false,
            OptionalInt.empty());
    Loop loop =
        new Loop(
            "slots",
            Mode.EXECUTE,
            agents.stream().map(a -> new AgentSpec(a, List.of())).toList(),
            Optional.empty(),
            List.of(),
            List.of(),
            List.of(tests),
            List.of(),
            Loop.DEFAULT_MOVES,
            Limits.DEFAULT,
            Review.ALWAYS,
            Sandboxing.NONE,
            List.of(),
            List.of(),
            "{{task}}");
    return new Event.Submitted(
        "task", new Source("/repo", Optional.of("main"), new Commit("a".repeat(40))), loop);
  }
}

package dev.longe.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.core.AgentSpec;
import dev.longe.core.CheckName;
import dev.longe.core.CheckSpec;
import dev.longe.core.Command;
import dev.longe.core.Commit;
import dev.longe.core.Event;
import dev.longe.core.HumanWord;
import dev.longe.core.Limits;
import dev.longe.core.Loop;
import dev.longe.core.Mode;
import dev.longe.core.Money;
import dev.longe.core.Review;
import dev.longe.core.Sandboxing;
import dev.longe.core.Source;
import dev.longe.core.State;
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.core.Tier;
import dev.longe.core.Verdict;
import dev.longe.core.policy.Decider;
import dev.longe.core.policy.Decision;
import dev.longe.cost.PriceTable;
import dev.longe.intake.AgentsFile;
import dev.longe.journal.Journal;
import dev.longe.journal.JournalEntry;
import dev.longe.journal.Lease;
import dev.longe.journal.Slots;
import dev.longe.report.Replay;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The real decider, task loop and journal in a played world: time, agents, checks, humans, and a
 * harness that dies at every boundary of an effect. A failure names its seed.
 */
@Timeout(120)
final class SimulationTest {
  private static final Money DAY = new Money(12_000_000);
  private static final ZoneId ZONE = ZoneId.of("UTC");
  private static final Slots SLOTS = new Slots(3, Map.of());
  private static final int TASKS = 3;
  private static final int ROUNDS = 160;
  private static final int WORDS_UNTIL = 120;

  private static final Set<State> REACHED = EnumSet.noneOf(State.class);

  @TempDir Path directory;

  /** A simulation that never gets anywhere would keep every invariant. */
  @AfterAll
  static void nights_reachEveryEnd() {
    assertThat(REACHED)
        .contains(State.LANDED, State.PROPOSED, State.ASKING, State.WAITING, State.STOPPED);
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, Long.getLong("longe.seeds", 24));
  }

  private static Loop loop() {
    CheckSpec red =
        new CheckSpec.Run(
            new CheckName("tests"),
            new Command.Shell("x"),
            Optional.empty(),
            Duration.ofMinutes(1),
            true,
            false);
    return new Loop(
        "sim",
        Mode.EXECUTE,
        List.of(new AgentSpec("claude", List.of()), new AgentSpec("script", List.of("s"))),
        Optional.empty(),
        List.of(red),
        List.of("test/**"),
        Loop.DEFAULT_MOVES,
        Limits.DEFAULT,
        Review.ALWAYS,
        Sandboxing.NONE,
        List.of(),
        "{{task}}");
  }

  @ParameterizedTest
  @MethodSource("seeds")
  @Tag("F1")
  @Tag("I2")
  @Tag("I6")
  @Tag("I7")
  @Tag("I9")
  @Tag("I11")
  @Tag("I17")
  void anyNight_keepsTheInvariants(long seed) {
    new Night(seed, directory.resolve("seed-" + seed)).play();
  }

  /** One run of the simulation. */
  private static final class Night {
    private final long seed;
    private final SimWorld world;
    private final Set<String> alive = new HashSet<>();
    private final Journal journal;
    private final Settings settings;
    private final List<TaskId> tasks = new ArrayList<>();
    private int owners;
    private String owner = "owner-0";
    private int ids;

    Night(long seed, Path directory) {
      this.seed = seed;
      world = new SimWorld(seed);
      journal = Journal.open(directory, alive::contains, () -> {});
      settings =
          new Settings(
              "sim",
              SLOTS,
              DAY,
              Settings.Reviewing.DEFAULT,
              ZONE,
              AgentsFile.NONE,
              PriceTable.shipped());
      alive.add(owner);
    }

    void play() {
      try (journal) {
        for (int i = 0; i < TASKS; i++) {
          Event.Submitted submitted =
              new Event.Submitted(
                  "task " + i,
                  new Source("/repo", Optional.of("main"), new Commit("a".repeat(40))),
                  loop());
          tasks.add(
              journal
                  .submit(
                      submitted, () -> new TaskId("aaaa" + (char) ('a' + ids++)), world.instant())
                  .id());
        }
        for (int round = 0; round < ROUNDS; round++) {
          world.deadly = round < WORDS_UNTIL;
          round(round);
        }
        tasks.forEach(this::holds);
        dayWasKept();
      }
    }

    private void round(int round) {
      if (round < WORDS_UNTIL) {
        tasks.forEach(this::speak);
      }
      for (TaskId task : journal.ready(world.instant(), TASKS)) {
        Optional<Lease> lease = journal.lease(task, owner, SLOTS);
        try {
          lease.ifPresent(
              l -> new TaskLoop(new JournalTaskStore(journal, settings, l), world, world).run());
          lease.ifPresent(journal::release);
        } catch (SimWorld.Death death) {
          world.harnessDied();
          alive.remove(owner);
          owner = "owner-" + ++owners;
          alive.add(owner);
          journal.sweep();
        }
        assertThat(world.running).as(where()).isEmpty();
      }
      world.pass(Duration.ofMinutes(20));
    }

    private String where() {
      return "seed " + seed;
    }

    private static Event.Reviewed reviewed(TaskState state) {
      return new Event.Reviewed(
          state.attempts().size(), "you", Tier.LOW, List.of(), Duration.ofMinutes(1), 3);
    }

    private void speak(TaskId task) {
      TaskState state = journal.state(task);
      Optional<Commit> saw = state.candidateCommit();
      List<Event.Word> words =
          List.of(
              new Event.Answered("go on", saw),
              new Event.Rejected("no", saw),
              new Event.Resumed(Limits.Raise.NOTHING),
              new Event.PauseAsked(),
              new Event.StopAsked(),
              new Event.Steered("left", false),
              new Event.Accepted("you", false, saw, Optional.of(reviewed(state))));
      Event.Word word = words.get(world.random().nextInt(words.size()));
      if (world.random().nextInt(3) == 0 && HumanWord.refusal(state, word).isEmpty()) {
        long _ = journal.inbox().post(task, word, world.instant());
      }
    }

    /**
     * No day is passed by more than what one step of each running attempt can cost before it is
     * seen.
     */
    private void dayWasKept() {
      LocalDate last = LocalDate.ofInstant(world.instant(), ZONE);
      for (LocalDate day = LocalDate.of(2026, 11, 20); !day.isAfter(last); day = day.plusDays(1)) {
        assertThat(journal.budgets().used("day:" + day).micros())
            .as(where())
            .isLessThanOrEqualTo(DAY.micros() + (long) SLOTS.machine() * SimWorld.STEP_MICROS_MAX);
      }
    }

    private void holds(TaskId task) {
      List<JournalEntry> entries = journal.entries(task);
      TaskState state = TaskState.of(task, List.of(entries.getFirst().event()));
      Money settled = Money.ZERO;
      for (JournalEntry entry : entries.subList(1, entries.size())) {
        if (entry.event() instanceof Event.Decided decided) {
          assertThat(Decider.decide(state, state.policy()))
              .as(where())
              .isEqualTo(new Decision.Take(decided));
        }
        if (entry.event() instanceof Event.Accepted) {
          assertThat(state.verdicts().values())
              .as(where())
              .noneMatch(v -> v instanceof Verdict.Failed || v instanceof Verdict.Broken);
        }
        if (entry.event() instanceof Event.AttemptEnded ended) {
          settled = settled.plus(ended.usage().cost().known());
        }
        state = state.after(entry.event());
        REACHED.add(state.state());
      }
      assertThat(Replay.of(entries).lines()).as(where()).noneMatch(l -> l.contains("DIFFERS"));
      assertThat(state).as(where()).isEqualTo(journal.state(task));
      assertThat(state.running()).as(where()).isEmpty();
      assertThat(state.spent().cost().known()).as(where()).isEqualTo(settled);
      assertThat(state.attemptsCounted())
          .as(where())
          .isLessThanOrEqualTo(Limits.DEFAULT.attempts());
      assertThat(state.state().rests() || state.state() == State.WAITING)
          .as(where() + " " + task + " " + state.state())
          .isTrue();
      if (state.state() == State.LANDED) {
        assertThat(world.landed).as(where()).containsEntry(task, 1);
      }
      assertThat(journal.inbox().open(task)).as(where()).isEmpty();
    }
  }
}

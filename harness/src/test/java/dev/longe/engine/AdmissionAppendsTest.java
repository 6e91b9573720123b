package dev.longe.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.core.AgentSpec;
import dev.longe.core.Breaker;
import dev.longe.core.CheckName;
import dev.longe.core.CheckSpec;
import dev.longe.core.Command;
import dev.longe.core.Commit;
import dev.longe.core.Event;
import dev.longe.core.Grant;
import dev.longe.core.Limits;
import dev.longe.core.Loop;
import dev.longe.core.Mode;
import dev.longe.core.Money;
import dev.longe.core.Policy;
import dev.longe.core.Review;
import dev.longe.core.ReviewLoad;
import dev.longe.core.Sandboxing;
import dev.longe.core.Source;
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.cost.PriceTable;
import dev.longe.intake.AgentsFile;
import dev.longe.journal.Journal;
import dev.longe.journal.JournalEntry;
import dev.longe.journal.Lease;
import dev.longe.journal.PostedWord;
import dev.longe.journal.Slots;
import dev.longe.report.Replay;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What was asked before a start stands in one append with what follows from it, and no more is
 * asked than that.
 */
final class AdmissionAppendsTest {
  private static final Slots SLOTS = new Slots(3, Map.of());
  private static final Money DAY = new Money(3_000_000);

  @TempDir Path directory;

  private static Loop loop() {
    return new Loop(
        "sim",
        Mode.EXECUTE,
        List.of(new AgentSpec("claude", List.of()), new AgentSpec("script", List.of("s"))),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(
            new CheckSpec.Run(
                new CheckName("tests"),
                new Command.Shell("x"),
                Optional.empty(),
                Duration.ofMinutes(1),
                false,
                false,
                OptionalInt.empty()),
            new CheckSpec.Judge(
                new CheckName("judge"),
                new AgentSpec("model", List.of("m")),
                List.of("It says why."),
                Duration.ofMinutes(1))),
        List.of(),
        Loop.DEFAULT_MOVES,
        Limits.DEFAULT,
        Review.ALWAYS,
        Sandboxing.NONE,
        List.of(),
        List.of(),
        "{{task}}");
  }

  /**
   * The store of the journal, with what was asked of them and appended to them since the last
   * append.
   */
  private static final class Listening implements TaskStore {
    final List<String> asked = new ArrayList<>();
    final List<Event> admitted = new ArrayList<>();
    private final TaskStore store;

    Listening(TaskStore store) {
      this.store = store;
    }

    @Override
    public TaskState append(TaskState state, Instant now, List<Event> events) {
      boolean admission = events.getFirst() instanceof Event.AdmissionAsked;
      if (admission) {
        assertThat(questions((Event.AdmissionAsked) events.getFirst())).isEqualTo(asked);
        assertThat(events).hasSizeGreaterThan(1);
        admitted.add(events.get(1));
      } else {
        assertThat(asked).isEmpty();
        assertThat(events)
            .noneMatch(e -> e instanceof Event.AttemptStarted || e instanceof Event.Deferred);
      }
      asked.clear();
      return store.append(state, now, events);
    }

    private static List<String> questions(Event.AdmissionAsked known) {
      List<String> all = new ArrayList<>();
      known.reviewers().ifPresent(_ -> all.add("reviewers"));
      known.quota().ifPresent(_ -> all.add("quota"));
      known.money().ifPresent(_ -> all.add("money"));
      return all;
    }

    @Override
    public ReviewLoad reviewers(Instant now) {
      asked.add("reviewers");
      return store.reviewers(now);
    }

    @Override
    public Breaker quota(AgentSpec agent, Instant now) {
      asked.add("quota");
      return store.quota(agent, now);
    }

    @Override
    public Grant reserve(TaskState state, Instant now) {
      asked.add("money");
      return store.reserve(state, now);
    }

    @Override
    public TaskState state() {
      return store.state();
    }

    @Override
    public Event.Claimed claim() {
      return store.claim();
    }

    @Override
    public List<Event> takeOver(TaskState state) {
      return store.takeOver(state);
    }

    @Override
    public Duration seen() {
      return store.seen();
    }

    @Override
    public List<PostedWord> words() {
      return store.words();
    }

    @Override
    public TaskState take(TaskState state, Instant now, PostedWord word, Event event) {
      return store.take(state, now, word, event);
    }

    @Override
    public void refuse(PostedWord word, String why) {
      store.refuse(word, why);
    }

    @Override
    public boolean mayStart(AgentSpec agent) {
      return store.mayStart(agent);
    }

    @Override
    public List<TaskState> ahead(TaskState state) {
      return store.ahead(state);
    }
  }

  private List<Event> night(long seed, List<JournalEntry> entries) {
    Random random = new Random(seed);
    Strands strands = new Strands(random);
    strands.deadly = false;
    SimWorld world = new SimWorld(random, strands, new SimRecords(), Sabotage.NONE);
    Strands.HarnessProcess process = strands.launch();
    Settings settings =
        new Settings(
            "sim",
            SLOTS,
            DAY,
            Settings.Reviewing.DEFAULT,
            ZoneId.of("UTC"),
            AgentsFile.NONE,
            PriceTable.shipped());
    List<Event> admitted = new ArrayList<>();
    try (Journal journal = Journal.open(directory.resolve("seed-" + seed), _ -> true, () -> {})) {
      TaskId id = new TaskId("aaaaa");
      Event.Submitted submitted =
          new Event.Submitted(
              "task", new Source("/repo", Optional.of("main"), new Commit("a".repeat(40))), loop());
      TaskState _ =
          journal.submit(submitted, () -> id, world.instant(), new Event.PolicySet(Policy.DEFAULT));
      for (int round = 0; round < 40 && journal.isReady(id, world.instant()); round++) {
        Lease lease = journal.lease(id, "me", SLOTS).orElseThrow();
        Listening listening = new Listening(new JournalTaskStore(journal, settings, lease));
        TaskStore store = new SimTaskStore(listening, world, strands, Sabotage.NONE);
        strands.begin(process, () -> new TaskLoop(store, world, world).run());
        while (strands.busy() > 0) {
          strands
              .step()
              .ifPresent(f -> {
                throw new AssertionError(f);
              });
        }
        journal.release(lease);
        admitted.addAll(listening.admitted);
        world.pass(Duration.ofHours(1));
      }
      entries.addAll(journal.entries(id));
    }
    return admitted;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  @Tag("I6")
  void admission_isOneAppendWithWhatFollows_andReplaysTheSame(long seed) {
    List<JournalEntry> entries = new ArrayList<>();
    List<Event> admitted = night(seed, entries);
    assertThat(admitted).isNotEmpty();
    assertThat(Replay.of(entries).lines()).noneMatch(l -> l.contains("DIFFERS"));
  }

  /** The nights above would show nothing if no start was ever put off, and no judge was asked. */
  @Test
  @Tag("D36")
  void nights_holdStartsWaitsAndJudges() {
    List<Event> all = new ArrayList<>();
    for (long seed = 20; seed < 40; seed++) {
      all.addAll(night(seed, new ArrayList<>()));
    }
    assertThat(all)
        .hasAtLeastOneElementOfType(Event.AttemptStarted.class)
        .hasAtLeastOneElementOfType(Event.Deferred.class)
        .hasAtLeastOneElementOfType(Event.Judged.class);
  }
}

package dev.longe.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longe.core.AgentSpec;
import dev.longe.core.Event;
import dev.longe.core.Fault;
import dev.longe.core.Loop;
import dev.longe.core.Money;
import dev.longe.core.NotHuman;
import dev.longe.core.State;
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.testing.World;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class JournalTest {
  private static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");
  private static final Slots SLOTS = new Slots(10, Map.of());

  @TempDir Path directory;
  private final Set<String> alive = new HashSet<>(Set.of("one", "two"));
  private final List<Journal> open = new ArrayList<>();
  private int ids;

  private Journal journal() {
    Journal journal = Journal.open(directory.resolve("home"), alive::contains, () -> {});
    open.add(journal);
    return journal;
  }

  private Journal journal;

  @BeforeEach
  void fresh() {
    journal = journal();
  }

  @AfterEach
  void closeAll() {
    open.forEach(Journal::close);
  }

  private TaskState submit() {
    return journal.submit(Lives.submitted(), this::nextId, NOW);
  }

  private TaskState submit(String agent) {
    Event.Submitted like = Lives.submitted();
    Loop l = like.loop();
    Loop loop =
        new Loop(
            l.name(),
            l.mode(),
            List.of(new AgentSpec(agent, List.of())),
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
    return journal.submit(new Event.Submitted(like.text(), like.source(), loop), this::nextId, NOW);
  }

  private TaskId nextId() {
    String digits = "%05d".formatted(ids++);
    StringBuilder id = new StringBuilder();
    digits.chars().forEach(c -> id.append((char) ('a' + (c - '0'))));
    return new TaskId(id.toString().replace('i', 'z'));
  }

  @Test
  @Tag("I6")
  void appendedEvents_foldToTheSameState_afterReopening() {
    TaskState task = submit();
    Lease lease = journal.lease(task.id(), "one", SLOTS).orElseThrow();
    TaskState after =
        journal.append(
            lease, task, NOW, List.of(new Event.Claimed(1, "m"), new Event.Prepared("tree")));
    assertThat(journal().state(task.id())).isEqualTo(after);
    assertThat(journal.rows())
        .singleElement()
        .satisfies(r -> assertThat(r.state()).isEqualTo("preparing"));
  }

  @Test
  @Tag("I11")
  void effectOfAnOldGeneration_isRefused() {
    TaskState task = submit();
    Lease old = journal.lease(task.id(), "one", SLOTS).orElseThrow();
    assertThat(journal.lease(task.id(), "two", SLOTS)).isEmpty();
    alive.remove("one");
    Lease current = journal.lease(task.id(), "two", SLOTS).orElseThrow();
    assertThat(current.generation()).isEqualTo(2);
    assertThatThrownBy(() -> journal.append(old, task, NOW, List.of(new Event.Claimed(1, "m"))))
        .isInstanceOf(IllegalStateException.class);
    TaskState after = journal.append(current, task, NOW, List.of(new Event.Claimed(2, "m")));
    assertThat(after.state()).isEqualTo(State.PREPARING);
  }

  @Test
  void refusedAppend_leavesNothing() {
    TaskState task = submit();
    Lease lease = journal.lease(task.id(), "one", SLOTS).orElseThrow();
    List<Event> events =
        List.of(new Event.Claimed(1, "m"), new Event.Answered("nobody asked", Optional.empty()));
    assertThatThrownBy(() -> journal.append(lease, task, NOW, events))
        .isInstanceOf(IllegalStateException.class);
    assertThat(journal.entries(task.id())).hasSize(1);
  }

  @Test
  @Tag("I17")
  void slots_areHeldOverAllProcesses_andPerAccount() {
    TaskId a = submit().id();
    TaskId b = submit().id();
    TaskId c = submit().id();
    Slots two = new Slots(2, Map.of("claude", 1));
    assertThat(journal.lease(a, "one", two)).isPresent();
    assertThat(journal.lease(b, "two", two)).isEmpty();
    Slots wide = new Slots(2, Map.of());
    assertThat(journal.lease(b, "two", wide)).isPresent();
    assertThat(journal.lease(c, "two", wide)).isEmpty();
  }

  @Test
  @Tag("I7")
  void reservations_neverPassTheLimit_whoeverAsksAtOnce() throws Exception {
    Budget day = new Budget("day:2026-11-20", new Money(10_000_000));
    List<Future<Money>> granted = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 40; i++) {
        TaskId task = nextId();
        granted.add(
            threads.submit(
                () -> journal.budgets().reserve(task, new Money(3_000_000), List.of(day))));
      }
    }
    long sum = 0;
    for (Future<Money> one : granted) {
      sum += one.get().micros();
    }
    assertThat(sum).isEqualTo(10_000_000);
    assertThat(journal.budgets().used(day.name())).isEqualTo(day.limit());
  }

  @Test
  @Tag("I7")
  void settlement_booksTheCost_andGivesTheRestBack() {
    Budget day = new Budget("day:x", new Money(5_000_000));
    TaskState task = submit();
    Lease lease = journal.lease(task.id(), "one", SLOTS).orElseThrow();
    Money granted = journal.budgets().reserve(task.id(), new Money(4_000_000), List.of(day));
    TaskState at = journal.append(lease, task, NOW, Lives.upToAttempt(granted));
    assertThat(journal.budgets().used("day:x").micros()).isEqualTo(4_000_000);
    journal.append(lease, at, NOW, List.of(Lives.ended(new Money(1_250_000))));
    assertThat(journal.budgets().used("day:x").micros()).isEqualTo(1_250_000);
  }

  @Test
  void inbox_isDurable_ordered_andAnsweredOnce() {
    TaskState task = submit();
    long first = journal.inbox().post(task.id(), new Event.PauseAsked(), NOW);
    journal.inbox().post(task.id(), new Event.Steered("left", false), NOW);
    List<PostedWord> waiting = journal().inbox().open(task.id());
    assertThat(waiting)
        .map(PostedWord::word)
        .containsExactly(new Event.PauseAsked(), new Event.Steered("left", false));
    journal.inbox().refuse(waiting.getFirst(), "not now");
    assertThat(journal.inbox().result(first)).contains("not now");
    assertThat(journal.inbox().open(task.id())).hasSize(1);
    assertThat(journal.ready(NOW, 10, SLOTS)).contains(task.id());
  }

  @Test
  @Tag("I9")
  void word_isTakenTogetherWithItsEvent_orNotAtAll() {
    TaskState task = submit();
    long posted = journal.inbox().post(task.id(), new Event.PauseAsked(), NOW);
    PostedWord word = journal.inbox().open(task.id()).getFirst();
    Lease old = journal.lease(task.id(), "one", SLOTS).orElseThrow();
    alive.remove("one");
    Lease now = journal.lease(task.id(), "two", SLOTS).orElseThrow();
    assertThatThrownBy(() -> journal.take(old, task, NOW, word, word.word()))
        .isInstanceOf(IllegalStateException.class);
    assertThat(journal.inbox().result(posted)).isEmpty();
    TaskState after = journal.take(now, task, NOW, word, word.word());
    assertThat(after.pauseAsked()).isTrue();
    assertThat(journal.state(task.id())).isEqualTo(after);
    assertThat(journal.inbox().result(posted)).contains(Inbox.TAKEN);
    assertThat(journal.inbox().open(task.id())).isEmpty();
  }

  /** A process that serves may also work on one task for somebody. */
  @Test
  @Tag("F11")
  void serve_staysRegistered_whenItsProcessAlsoRunsATask() {
    assertThat(journal.register("one", "serve", NOW)).isTrue();
    assertThat(journal.register("one", "run", NOW)).isTrue();
    assertThat(journal.serving()).contains("one");
    assertThat(journal.register("two", "serve", NOW)).isFalse();
    assertThat(journal.register("two", "run", NOW)).isTrue();
    journal.leave("one");
    assertThat(journal.register("two", "serve", NOW)).isTrue();
    assertThat(journal.serving()).contains("two");
  }

  /** Tasks that only wait for a slot do not take the places of those that can be worked on. */
  @Test
  @Tag("I17")
  void readyTasks_areThoseWhoseAccountHasASlot() {
    Slots slots = new Slots(9, Map.of("team", 1), Map.of("claude", "team"));
    TaskState first = submit();
    List<TaskState> waiting = List.of(submit(), submit(), submit());
    long _ = journal.inbox().post(waiting.get(1).id(), new Event.PauseAsked(), NOW);
    Lease lease = journal.lease(first.id(), "one", slots).orElseThrow();
    assertThat(journal.ready(NOW, 1, slots)).isEmpty();
    assertThat(journal.ready(NOW, 9, SLOTS)).hasSize(3);
    TaskState other = submit("script");
    assertThat(journal.ready(NOW, 1, slots)).containsExactly(other.id());
    journal.release(lease);
    assertThat(journal.ready(NOW, 1, slots)).containsExactly(waiting.get(1).id());
    assertThat(journal.ready(NOW, 9, slots)).hasSize(5);
  }

  /** Whoever waits for the result of a word gets one, though the task is not here any more. */
  @Test
  @Tag("I9")
  void taskThatMoves_leavesNoWordUnanswered_andCanComeBack() {
    TaskState task = submit();
    List<TimedEvent> told =
        journal.entries(task.id()).stream().map(e -> new TimedEvent(e.at(), e.event())).toList();
    Lease old = journal.lease(task.id(), "one", SLOTS).orElseThrow();
    alive.remove("one");
    Lease lease = journal.lease(task.id(), "two", SLOTS).orElseThrow();
    long posted = journal.inbox().post(task.id(), new Event.PauseAsked(), NOW);
    assertThatThrownBy(() -> journal.transfer().giveUp(old, "moved"))
        .isInstanceOf(IllegalStateException.class);
    assertThat(journal.inbox().result(posted)).isEmpty();
    journal.transfer().giveUp(lease, "moved");
    assertThat(journal.inbox().result(posted)).contains("moved");
    assertThat(journal.rows()).isEmpty();
    assertThat(journal.owner(task.id())).isEmpty();
    journal.transfer().adopt(task.id(), told);
    journal.transfer().adopt(task.id(), told);
    assertThat(journal.state(task.id())).isEqualTo(task);
    assertThat(journal.ready(NOW, 9, SLOTS)).containsExactly(task.id());
  }

  /** A running serve takes over what another process left, with nobody asking it to. */
  @Test
  @Tag("F1")
  void taskOfADeadOwner_isReady() {
    TaskState task = submit();
    Lease _ = journal.lease(task.id(), "one", SLOTS).orElseThrow();
    assertThat(journal.ready(NOW, 10, SLOTS)).doesNotContain(task.id());
    alive.remove("one");
    assertThat(journal.ready(NOW, 10, SLOTS)).contains(task.id());
  }

  @Test
  @Tag("I7")
  void release_givesBackWhatIsReserved() {
    Budget day = new Budget("day:x", new Money(5_000_000));
    TaskState task = submit();
    Lease lease = journal.lease(task.id(), "one", SLOTS).orElseThrow();
    Money _ = journal.budgets().reserve(task.id(), new Money(4_000_000), List.of(day));
    journal.release(lease);
    assertThat(journal.budgets().used("day:x")).isEqualTo(Money.ZERO);
  }

  @Test
  @Tag("F11")
  void secondServe_isRefused_whileTheFirstLives() {
    assertThat(journal.register("one", "serve", NOW)).isTrue();
    assertThat(journal.register("two", "serve", NOW)).isFalse();
    assertThat(journal.register("two", "run", NOW)).isTrue();
    alive.remove("one");
    assertThat(journal.register("two", "serve", NOW)).isTrue();
  }

  @Test
  @Tag("I18")
  @Tag("I11")
  void processThatMayNotWrite_readsAll_andChangesNothing() {
    TaskState task = submit();
    Lease lease = journal.lease(task.id(), "one", SLOTS).orElseThrow();
    Event.Word word = new Event.StopAsked();
    journal.inbox().post(task.id(), word, NOW);
    Journal inside =
        Journal.open(
            directory.resolve("home"),
            o -> false,
            () -> {
              throw new NotHuman("no");
            });
    open.add(inside);
    assertThat(inside.rows()).hasSize(1);
    assertThat(inside.state(task.id())).isEqualTo(task);
    PostedWord waiting = inside.inbox().open(task.id()).getFirst();
    List<Runnable> writes =
        List.of(
            () -> inside.submit(Lives.submitted(), this::nextId, NOW),
            () -> inside.append(lease, task, NOW, List.of(new Event.Claimed(1, "m"))),
            () -> inside.lease(task.id(), "two", SLOTS),
            () -> inside.release(lease),
            inside::sweep,
            () -> inside.register("two", "run", NOW),
            inside::serving,
            () -> inside.leave("one"),
            () -> inside.inbox().post(task.id(), word, NOW),
            () -> inside.inbox().refuse(waiting, "no"),
            () -> inside.transfer().giveUp(lease, "moved"),
            () -> inside.quotas().trip("claude", NOW));
    assertThat(writes).allSatisfy(w -> assertThatThrownBy(w::run).isInstanceOf(NotHuman.class));
    assertThat(journal.owner(task.id())).contains("one");
    assertThat(journal.inbox().open(task.id())).containsExactly(waiting);
    assertThat(journal.entries(task.id())).hasSize(1);
  }

  private void asLeftByTheFirstRelease(String owner) {
    closeAll();
    World.shell(
        directory,
        "python3 - <<'P'\n"
            + "import sqlite3\n"
            + "c=sqlite3.connect('home/journal.db')\n"
            + "c.execute(\"INSERT INTO leases VALUES ('abcde', '%s', 'claude')\")\n"
                .formatted(owner)
            + "c.execute(\"INSERT INTO engines VALUES ('%s', 'serve', 1)\")\n".formatted(owner)
            + "c.execute('PRAGMA user_version=1')\n"
            + "c.commit()\n"
            + "P");
  }

  @Test
  @Tag("F10")
  @Tag("I11")
  void journalOfTheFirstRelease_isNotSharedWithItsProcess_andOpensWhenThatHasEnded() {
    TaskState task = submit();
    asLeftByTheFirstRelease("box/boot/42/7");
    alive.add("box/boot/42/7");
    assertThatThrownBy(this::journal)
        .isInstanceOf(Fault.class)
        .hasMessageContaining("An earlier release of Longe still uses")
        .hasMessageContaining("box/boot/42/7");
    alive.remove("box/boot/42/7");
    Journal opened = journal();
    assertThat(opened.serving()).isEmpty();
    assertThat(opened.owner(new TaskId("abcde"))).isEmpty();
    assertThat(opened.state(task.id())).isEqualTo(task);
    assertThat(opened.lease(task.id(), "one", SLOTS)).isPresent();
  }

  @Test
  @Tag("F10")
  void newerJournal_isRefusedInOneSentence() {
    World.shell(
        directory,
        "python3 - <<'P'\n"
            + "import sqlite3\n"
            + "c=sqlite3.connect('home/journal.db')\n"
            + "c.execute('PRAGMA user_version=99')\n"
            + "c.commit()\n"
            + "P");
    assertThatThrownBy(this::journal)
        .isInstanceOf(Fault.class)
        .hasMessageContaining("newer Longe (schema 99");
  }

  @Test
  @Tag("F15")
  void homeThatIsAFile_isRefusedInOneSentence() {
    World.write(directory.resolve("file"), "x");
    assertThatThrownBy(() -> Journal.open(directory.resolve("file"), o -> true, () -> {}))
        .isInstanceOf(Fault.class)
        .hasMessageContaining("LONGE_HOME");
  }

  @Test
  void foreignFile_isRefusedInOneSentence() {
    World.write(
        directory.resolve("other/journal.db"), "this is no database, not at all, really none");
    assertThatThrownBy(() -> Journal.open(directory.resolve("other"), o -> true, () -> {}))
        .isInstanceOf(Fault.class)
        .hasMessageContaining("not a journal");
  }

  @Test
  @Tag("I15")
  void breaker_isOpenUntilItsTime() {
    journal.quotas().trip("claude", NOW.plusSeconds(60));
    assertThat(journal.quotas().tripped("claude", NOW)).contains(NOW.plusSeconds(60));
    assertThat(journal.quotas().tripped("claude", NOW.plusSeconds(61))).isEmpty();
    assertThat(journal.quotas().tripped("script", NOW)).isEmpty();
  }
}

package dev.longe.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.core.AgentSpec;
import dev.longe.core.Breaker;
import dev.longe.core.Capabilities;
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
import dev.longe.core.Move;
import dev.longe.core.Policy;
import dev.longe.core.Reason;
import dev.longe.core.Review;
import dev.longe.core.ReviewLoad;
import dev.longe.core.Sandboxing;
import dev.longe.core.Source;
import dev.longe.core.TaskId;
import dev.longe.core.Usage;
import dev.longe.journal.JournalEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Replay takes starts and waits again, and compares decisions, not their wording. */
final class AdmissionReplayTest {
  private static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");
  private static final Instant RETRY = NOW.plus(Policy.DEFAULT.retries().moneyRetry());
  private static final Money DOLLAR = new Money(1_000_000);
  private static final Event WOKEN = new Event.Woken();

  private static Event.Submitted submitted() {
    Loop loop =
        new Loop(
            "fix",
            Mode.EXECUTE,
            List.of(new AgentSpec("claude", List.of()), new AgentSpec("codex", List.of())),
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
                    OptionalInt.empty())),
            List.of(),
            Loop.DEFAULT_MOVES,
            Limits.DEFAULT,
            Review.ALWAYS,
            Sandboxing.NONE,
            List.of(),
            List.of(),
            "{{task}}");
    return new Event.Submitted(
        "Mend it.", new Source("/r", Optional.of("main"), new Commit("a".repeat(40))), loop);
  }

  private static Event.Decided first(String evidence) {
    return new Event.Decided(
        Move.FRESH, Reason.FIRST, evidence, Optional.empty(), Optional.empty(), Usage.NONE);
  }

  private static Event asked(Money granted) {
    return Event.AdmissionAsked.nothing(NOW)
        .with(new ReviewLoad(0, 60, 300, List.of()))
        .with(new Breaker("claude", Optional.empty()))
        .with(new Grant(granted, NOW.plus(Duration.ofHours(9))));
  }

  private static Event started(int agent) {
    return new Event.AttemptStarted(1, 1, agent, new Capabilities(true, true, true), 1, DOLLAR);
  }

  private static Event deferred(Instant until, String detail) {
    return new Event.Deferred(Reason.BUDGET, until, detail);
  }

  /** A task that was prepared under a policy, and what then stands in its journal. */
  private static Replay replay(Event... then) {
    return replayed(
        new ArrayList<>(List.of(submitted(), new Event.PolicySet(Policy.DEFAULT))), then);
  }

  /** The same by release 0.1.0. */
  private static Replay oldReplay(Event... then) {
    return replayed(new ArrayList<>(List.of(submitted())), then);
  }

  private static Replay replayed(List<Event> events, Event... then) {
    events.addAll(List.of(new Event.Claimed(1, "m"), new Event.Prepared("base")));
    events.addAll(List.of(then));
    List<JournalEntry> entries = new ArrayList<>();
    for (Event e : events) {
      int n = entries.size() + 1;
      entries.add(
          new JournalEntry(n, new TaskId("abcde"), n, NOW, e.getClass().getSimpleName(), e, ""));
    }
    return Replay.of(entries);
  }

  private static List<String> moves(Replay replay) {
    return replay.decisions().stream().map(Replay.Again::move).toList();
  }

  @Test
  @Tag("D36")
  @Tag("I6")
  void waitsAndStarts_areDecidedAgain() {
    Replay r =
        replay(
            first(""),
            asked(Money.ZERO),
            deferred(RETRY, "The money for the day is spent, or reserved by other tasks."),
            WOKEN,
            asked(DOLLAR),
            started(0));
    assertThat(moves(r)).containsExactly("fresh", "defer", "start");
    assertThat(r.same()).isTrue();
  }

  @Test
  void wording_isNotCompared() {
    Replay r = replay(first("worded anew"), asked(Money.ZERO), deferred(RETRY, "no money"));
    assertThat(r.same()).isTrue();
  }

  @Test
  @Tag("I6")
  void startWithoutMoney_orByAnotherAgent_orWithoutAdmission_differs() {
    assertThat(replay(first(""), asked(Money.ZERO), started(0)).same()).isFalse();
    assertThat(replay(first(""), asked(DOLLAR), started(1)).same()).isFalse();
    assertThat(replay(first(""), started(0)).same()).isFalse();
    assertThat(replay(first(""), asked(DOLLAR), started(0)).same()).isTrue();
  }

  @Test
  @Tag("I6")
  void waitOfAnotherLength_orWithoutNeed_differs() {
    Instant later = RETRY.plusSeconds(1);
    assertThat(replay(first(""), asked(Money.ZERO), deferred(later, "")).same()).isFalse();
    assertThat(replay(first(""), asked(DOLLAR), deferred(RETRY, "")).same()).isFalse();
  }

  @Test
  @Tag("I6")
  void journalOfTheFirstRelease_replaysWhatItHolds() {
    Replay old = oldReplay(first(""), deferred(NOW, "no money today"), WOKEN, started(0));
    assertThat(moves(old)).containsExactly("fresh");
    assertThat(old.same()).isTrue();
    Replay goesOn =
        oldReplay(first(""), deferred(NOW, "no money"), WOKEN, asked(DOLLAR), started(0));
    assertThat(moves(goesOn)).containsExactly("fresh", "start");
    assertThat(goesOn.same()).isTrue();
  }
}

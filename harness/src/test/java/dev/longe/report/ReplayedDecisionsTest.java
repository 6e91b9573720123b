package dev.longe.report;

import static dev.longe.testing.TaskHistory.ID;
import static dev.longe.testing.TaskHistory.TESTS;
import static dev.longe.testing.TaskHistory.candidate;
import static dev.longe.testing.TaskHistory.passed;
import static dev.longe.testing.TaskHistory.receipt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longe.core.Event;
import dev.longe.core.Move;
import dev.longe.core.Reason;
import dev.longe.core.Stop;
import dev.longe.core.Usage;
import dev.longe.core.policy.Decider;
import dev.longe.core.policy.Decision;
import dev.longe.journal.JournalEntry;
import dev.longe.testing.TaskHistory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("I6")
final class ReplayedDecisionsTest {
  private static List<JournalEntry> entries(TaskHistory history) {
    List<JournalEntry> all = new ArrayList<>();
    for (Event e : history.events()) {
      int n = all.size() + 1;
      all.add(
          new JournalEntry(100 + n, ID, n, Instant.EPOCH, e.getClass().getSimpleName(), e, "{}"));
    }
    return all;
  }

  /** The decision that the decider takes is written down. */
  private static TaskHistory decide(TaskHistory h) {
    return h.happens(((Decision.Take) Decider.decide(h.state(), h.state().policy())).decided());
  }

  private static TaskHistory proposedByTheDecider() {
    TaskHistory h = TaskHistory.of(TaskHistory.loop(TaskHistory.tests())).prepared();
    decide(h)
        .happens(
            new Event.AttemptStarted(
                1,
                1,
                0,
                new dev.longe.core.Capabilities(true, true, true),
                1,
                dev.longe.core.Money.ZERO))
        .stopped(new Stop.Ended(), Usage.NONE)
        .candidate(candidate(1, List.of("a"), List.of()))
        .happens(new Event.Checked(1, passed(TESTS), receipt("1-1")));
    return decide(h);
  }

  @Test
  void decisionsOfTheDecider_comeOutTheSame() {
    Replay replay = Replay.of(entries(proposedByTheDecider()));
    assertThat(replay.same()).isTrue();
    assertThat(replay.decisions())
        .extracting(Replay.Again::move)
        .containsExactly("fresh", "propose");
    assertThat(replay.decisions()).extracting(Replay.Again::n).containsExactly(4, 9);
    assertThat(replay.lines())
        .hasSize(3)
        .last()
        .isEqualTo("2 decisions, all equal to the recorded ones.");
  }

  @Test
  void decisionThatTheDeciderWouldNotTake_isShownWithWhatItTakesNow() {
    TaskHistory h =
        TaskHistory.of(TaskHistory.loop(TaskHistory.tests()))
            .prepared()
            .decided(Move.STOP, Reason.LIMIT_MONEY);
    Replay replay = Replay.of(entries(h));
    assertThat(replay.same()).isFalse();
    assertThat(replay.decisions().getFirst().now()).contains("FRESH", "FIRST");
    assertThat(replay.lines().getFirst()).contains("stop", "limit-money", "DIFFERS: now");
    assertThat(replay.lines().getLast())
        .isEqualTo("1 of 1 decisions differ from the recorded ones.");
  }

  @Test
  void taskThatIsOnlySubmitted_hasNothingToReplay() {
    Replay replay = Replay.of(entries(TaskHistory.of(TaskHistory.loop(TaskHistory.tests()))));
    assertThat(replay.decisions()).isEmpty();
    assertThat(replay.same()).isTrue();
  }

  @Test
  void journalThatCannotBe_isNotReplayedAsIfItWere() {
    TaskHistory h = TaskHistory.of(TaskHistory.loop(TaskHistory.tests()));
    List<JournalEntry> broken = new ArrayList<>(entries(h));
    Event landed = new Event.Landed(TaskHistory.BASE, "refs/heads/main", List.of());
    broken.add(new JournalEntry(200, ID, 2, Instant.EPOCH, "Landed", landed, "{}"));
    assertThatThrownBy(() -> Replay.of(broken))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Landed is not allowed: abcde");
  }

  @Test
  void waitsAndRungs_areComparedToo() {
    TaskHistory h = TaskHistory.of(TaskHistory.loop(TaskHistory.tests())).prepared();
    Event.Decided first = ((Decision.Take) Decider.decide(h.state(), h.state().policy())).decided();
    h.happens(
        new Event.Decided(
            first.move(),
            first.reason(),
            first.evidence(),
            Optional.of(7),
            first.until(),
            first.price()));
    assertThat(Replay.of(entries(h)).same()).isFalse();
  }
}

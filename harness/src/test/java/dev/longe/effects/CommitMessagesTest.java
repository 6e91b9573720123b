package dev.longe.effects;

import static dev.longe.testing.TaskHistory.ID;
import static dev.longe.testing.TaskHistory.TESTS;
import static dev.longe.testing.TaskHistory.candidate;
import static dev.longe.testing.TaskHistory.failed;
import static dev.longe.testing.TaskHistory.passed;
import static dev.longe.testing.TaskHistory.reviewed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.core.Event;
import dev.longe.core.Insight;
import dev.longe.core.Move;
import dev.longe.core.Source;
import dev.longe.core.Stop;
import dev.longe.core.Usage;
import dev.longe.testing.TaskHistory;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CommitMessagesTest {
  private static TaskHistory task(String text) {
    TaskHistory h =
        TaskHistory.at(
            ID,
            TaskHistory.loop(TaskHistory.tests()),
            new Source("/r", Optional.of("main"), TaskHistory.BASE),
            text);
    h.prepared().started(Move.FRESH);
    h.happens(new Event.SessionNamed(1, "s", Optional.of("opus")));
    h.stopped(new Stop.Ended(), Usage.NONE);
    return h.candidate(candidate(1, List.of("a"), List.of())).checked(passed(TESTS)).proposed();
  }

  @Test
  void message_isTheTask_withItsTrailersInOneBlock() {
    assertThat(CommitMessages.landing(task("  Round half to even.  ").state()))
        .isEqualTo(
            """
            Round half to even.

            Longe-Task: abcde
            Assisted-by: claude:opus
            """);
  }

  @Test
  void longText_isCutInTheTitle_andWholeInTheBody() {
    String text = "word ".repeat(30).strip() + "\nand more";
    List<String> lines = CommitMessages.landing(task(text).state()).lines().toList();
    assertThat(lines.getFirst()).hasSize(72).endsWith("…");
    assertThat(lines.get(1)).isEmpty();
    assertThat(lines.subList(2, 4)).isEqualTo(text.lines().toList());
  }

  @Test
  void reviewers_areWhoReadThisCandidate_eachOnce() {
    TaskHistory h = task("Mend it.");
    h.happens(reviewed(1, Insight.Kind.WAIVED));
    assertThat(CommitMessages.landing(h.state())).doesNotContain("Reviewed-by");
    h.happens(reviewed(1, Insight.Kind.REVIEWED), reviewed(1, Insight.Kind.REVIEWED));
    assertThat(CommitMessages.landing(h.state()).lines())
        .endsWith("Reviewed-by: " + TaskHistory.REVIEWER)
        .filteredOn(l -> l.startsWith("Reviewed-by"))
        .hasSize(1);
    h.rejected("Smaller.");
    h.attempt(Move.CONTINUE, List.of("a"), passed(TESTS)).proposed();
    assertThat(CommitMessages.landing(h.state())).doesNotContain("Reviewed-by");
  }

  @Test
  void agentOfTheCandidate_isNamed_notTheOneThatFollowed() {
    TaskHistory h =
        TaskHistory.of(TaskHistory.loop(TaskHistory.tests()))
            .prepared()
            .attempt(Move.FRESH, List.of("a"), failed(TESTS, "x"));
    h.started(Move.HAND_OFF);
    assertThat(h.state().agentIndex()).isEqualTo(1);
    assertThat(CommitMessages.landing(h.state())).contains("Assisted-by: claude\n");
  }
}

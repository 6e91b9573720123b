package dev.longe.report;

import static dev.longe.testing.TaskHistory.ID;
import static dev.longe.testing.TaskHistory.TESTS;
import static dev.longe.testing.TaskHistory.candidate;
import static dev.longe.testing.TaskHistory.passed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.core.CheckName;
import dev.longe.core.Event;
import dev.longe.core.Move;
import dev.longe.core.Opinion;
import dev.longe.core.Reason;
import dev.longe.core.Stop;
import dev.longe.core.Usage;
import dev.longe.testing.TaskHistory;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("D38")
final class LabelsTest {
  private static final CheckName TASTE = new CheckName("taste");

  /** An attempt that a judge looked at; {@code met} is the judge's word. */
  private static TaskHistory judged(TaskHistory history, Move move, boolean met) {
    history.started(move).stopped(new Stop.Ended(), Usage.NONE);
    int attempt = history.state().attempts().size();
    history.candidate(candidate(attempt, List.of("a"), List.of())).checked(passed(TESTS));
    return history.happens(
        new Event.Judged(
            attempt,
            TASTE,
            List.of(
                new Opinion(
                    "It is clear",
                    met ? Opinion.Answer.MET : Opinion.Answer.NOT_MET,
                    "a:" + attempt)),
            Optional.of("opus"),
            Usage.NONE));
  }

  private static TaskHistory fresh() {
    return TaskHistory.of(TaskHistory.loop(TaskHistory.tests())).prepared();
  }

  private static List<String> humans(TaskHistory history) {
    return Labels.of(ID, history.events()).stream().map(Labels.Label::human).toList();
  }

  @Test
  void opinion_isLabelledByTheWordAboutItsCandidate() {
    TaskHistory h = judged(fresh(), Move.FRESH, true).proposed().accepted();
    assertThat(Labels.of(ID, h.events()))
        .containsExactly(
            new Labels.Label(ID, 1, "taste", "It is clear", "met", "a:1", "opus", "accepted"));
  }

  @Test
  void wordAboutALaterCandidate_isNoLabelOfAnEarlierOne() {
    TaskHistory h = judged(fresh(), Move.FRESH, false);
    judged(h, Move.CONTINUE, true).proposed().accepted();
    assertThat(humans(h)).containsExactly("", "accepted");
  }

  @Test
  void firstWord_counts_andARejectionIsOne() {
    TaskHistory h = judged(fresh(), Move.FRESH, true).proposed().rejected("Not like this.");
    judged(h, Move.CONTINUE, true).proposed().accepted();
    assertThat(humans(h)).containsExactly("rejected", "accepted");
  }

  @Test
  void otherWords_areNoLabels() {
    TaskHistory h =
        judged(fresh(), Move.FRESH, true)
            .decided(Move.ASK, Reason.HUMAN_CHECK)
            .happens(
                new Event.Answered("Go on.", Optional.empty()),
                new Event.Steered("Faster.", false));
    assertThat(humans(h)).containsExactly("");
  }

  @Test
  void taskWithoutAJudge_hasNone() {
    TaskHistory h = fresh().attempt(Move.FRESH, List.of("a"), passed(TESTS)).proposed();
    assertThat(Labels.of(ID, h.events())).isEmpty();
  }
}

package dev.longe.e2e;

import static dev.longe.testing.World.script;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.cli.Terminal;
import dev.longe.core.Commit;
import dev.longe.core.Event;
import dev.longe.core.State;
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.tasks.ReviewStep;
import dev.longe.tasks.TaskReview;
import dev.longe.tasks.WordResult;
import dev.longe.testing.World;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A decision is about the candidate that the human saw, whatever happened meanwhile. */
@Timeout(120)
final class SeenTest {
  @TempDir Path temp;
  private Path user;
  private Terminal terminal;
  private String task = "";

  /** A task whose second candidate is another one, and which was submitted, not shown. */
  @BeforeEach
  void proposed() {
    user =
        World.repository(
            temp.resolve("shop"), "answer.txt", "0\n", "check.sh", "grep -qx 42 answer.txt\n");
    terminal = new Terminal(temp.resolve("home"), user);
    Path agent =
        script(temp.resolve("agent.sh"), "echo 42 > answer.txt; echo $LONGE_ATTEMPT > try.txt\n");
    terminal.longe(
        "submit", "Make it 42", "--agent", "command:'" + agent + "'", "--check", "bash check.sh");
    serve();
    task = terminal.task();
  }

  private void serve() {
    assertThat(terminal.longe("serve", "--until-idle").exit()).isZero();
  }

  /** Somebody else rejects it, and the candidate of another attempt is proposed. */
  private void changes(int attempts) {
    try (Terminal.Opened app = terminal.open()) {
      TaskState state = app.state(task);
      Event.Word word = new Event.Rejected("again", state.candidateCommit());
      long _ = app.journal().inbox().post(state.id(), word, app.now());
    }
    serve();
    assertThat(terminal.state().state()).isEqualTo(State.PROPOSED);
    assertThat(terminal.state().attempts()).hasSize(attempts);
  }

  private void refused(int saw, int now, String... command) {
    Terminal.Said said = terminal.longe(command);
    assertThat(said.exit()).isEqualTo(2);
    assertThat(said.err())
        .contains("The candidate of " + task + " changed: you saw")
        .contains("of attempt " + saw + " (+2 −1 lines, 2 files); now it has")
        .contains("of attempt " + now);
    assertThat(terminal.state().state()).isEqualTo(State.PROPOSED);
  }

  @Test
  @Tag("I18")
  void changedAfterShow_isRefused_andShowingAgainPermits() {
    assertThat(terminal.longe("show", task).out()).contains("answer.txt");
    changes(2);
    refused(1, 2, "accept", task);
    refused(1, 2, "reject", task, "--because", "no");
    assertThat(terminal.longe("show", task).exit()).isZero();
    assertThat(terminal.longe("accept", task).exit()).isZero();
    assertThat(terminal.state().state()).isEqualTo(State.LANDED);
    assertThat(temp.resolve("home/shown")).isEmptyDirectory();
  }

  @Test
  @Tag("I18")
  void diff_showsToo_butNotAnEarlierCandidate_norJson() {
    assertThat(terminal.longe("diff", task).out()).contains("+42");
    changes(2);
    refused(1, 2, "accept", task);
    assertThat(terminal.longe("diff", task, "--candidate", "1").out()).contains("+42");
    assertThat(terminal.longe("show", task, "--json").exit()).isZero();
    assertThat(terminal.longe("diff", task, "--json").exit()).isZero();
    refused(1, 2, "accept", task);
    assertThat(terminal.longe("diff", task).out()).contains("+42");
    assertThat(terminal.longe("accept", task).exit()).isZero();
  }

  @Test
  @Tag("I18")
  void pageAtTheEndOfTheWork_isShown() {
    assertThat(terminal.longe("reject", task, "--because", "again").out()).contains("answer.txt");
    changes(3);
    refused(2, 3, "accept", task);
  }

  @Test
  @Tag("I18")
  void neverShown_isAboutThePresentOne() {
    changes(2);
    assertThat(terminal.longe("accept", task).exit()).isZero();
    Event.Accepted yes = terminal.state().accepted().orElseThrow();
    assertThat(yes.candidate()).isEqualTo(terminal.state().candidateCommit());
  }

  @Test
  @Tag("I18")
  void reviewThatOutlastsItsCandidate_isRefused() {
    try (Terminal.Opened app = terminal.open()) {
      TaskReview review = app.tasks().review(new TaskId(task), app.directory());
      changes(2);
      while (review.next().isPresent()) {}
      assertThat(review.accept())
          .isInstanceOfSatisfying(
              ReviewStep.Said.class,
              said -> assertThat(said.result()).isInstanceOf(WordResult.Refused.class));
    }
    assertThat(terminal.state().state()).isEqualTo(State.PROPOSED);
  }

  /** A word that was posted in time, and is taken after the candidate changed. */
  @Test
  @Tag("I18")
  void wordThatComesTooLate_isRefusedWhereItIsTaken() {
    Commit first = terminal.state().candidateCommit().orElseThrow();
    changes(2);
    long posted;
    try (Terminal.Opened app = terminal.open()) {
      Event.Accepted late = new Event.Accepted("Ada", false, Optional.of(first), Optional.empty());
      posted = app.journal().inbox().post(new TaskId(task), late, app.now());
    }
    serve();
    try (Terminal.Opened app = terminal.open()) {
      assertThat(app.journal().inbox().result(posted))
          .hasValueSatisfying(r -> assertThat(r).contains("changed"));
    }
    assertThat(terminal.state().state()).isEqualTo(State.PROPOSED);
  }

  /** Whoever posts it: the owner of the task takes no decision that names no candidate. */
  @Test
  @Tag("I18")
  void wordWithoutItsCandidate_isRefusedWhereItIsTaken() {
    long posted;
    try (Terminal.Opened app = terminal.open()) {
      Event.Word word = new Event.Discarded(Optional.empty());
      posted = app.journal().inbox().post(new TaskId(task), word, app.now());
    }
    serve();
    try (Terminal.Opened app = terminal.open()) {
      assertThat(app.journal().inbox().result(posted))
          .hasValueSatisfying(r -> assertThat(r).contains("names no candidate"));
    }
    assertThat(terminal.state().state()).isEqualTo(State.PROPOSED);
  }

  @Test
  @Tag("I18")
  @Tag("I9")
  void reviewAndAcceptance_areOneWord() {
    assertThat(terminal.typing("d\nd\na\n", "review", task).out()).contains("landed");
    TaskState state = terminal.state();
    assertThat(state.accepted().orElseThrow().review())
        .isEqualTo(Optional.of(state.reviews().getFirst()));
    assertThat(terminal.longe("log", task).out())
        .containsSubsequence("you        review: reviewed, low risk", "you        accept");
    try (Terminal.Opened app = terminal.open()) {
      assertThat(app.journal().entries(state.id()))
          .noneMatch(e -> e.event() instanceof Event.Reviewed);
      assertThat(app.journal().search().reviews(9)).hasSize(1);
    }
  }

  @Test
  @Tag("I18")
  @Tag("I9")
  void discard_deletesNoWorkThatTheHumanDidNotSee() {
    assertThat(terminal.longe("show", task).exit()).isZero();
    changes(2);
    refused(1, 2, "discard", task);
    assertThat(terminal.longe("show", task).exit()).isZero();
    assertThat(terminal.longe("discard", task).exit()).isZero();
    assertThat(terminal.state().state()).isEqualTo(State.DISCARDED);
  }

  @Test
  @Tag("I18")
  void answer_isAboutTheCandidateThatWasShown() {
    Path asks =
        script(
            temp.resolve("asks.sh"),
            "echo $LONGE_ATTEMPT > try.txt; echo '{\"ask\": \"which?\"}' > $LONGE_ANSWER_FILE\n");
    String asking =
        terminal
            .longe("submit", "Ask", "--agent", "command:'" + asks + "'", "--check", "true")
            .out()
            .strip();
    serve();
    assertThat(terminal.longe("show", asking).out()).contains("which?");
    assertThat(terminal.longe("answer", asking, "left", "--detach").exit()).isZero();
    serve();
    assertThat(terminal.state(asking).attempts()).hasSize(2);
    assertThat(terminal.longe("answer", asking, "right").err()).contains("changed: you saw");
    assertThat(terminal.longe("show", asking).exit()).isZero();
    assertThat(terminal.longe("answer", asking, "right", "--detach").exit()).isZero();
  }

  /** Nothing was shown: the only candidate is meant. */
  @Test
  @Tag("I18")
  void discard_ofATaskThatWasNeverShown_namesThePresentCandidate() {
    Optional<Commit> present = terminal.state().candidateCommit();
    assertThat(terminal.longe("discard", task).exit()).isZero();
    try (Terminal.Opened app = terminal.open()) {
      assertThat(app.journal().entries(new TaskId(task)).getLast().event())
          .isEqualTo(new Event.Discarded(present));
    }
  }
}

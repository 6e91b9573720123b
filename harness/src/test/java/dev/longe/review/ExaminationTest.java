package dev.longe.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.core.Insight;
import dev.longe.core.Invariant;
import dev.longe.core.State;
import dev.longe.core.TaskId;
import dev.longe.core.Tier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ExaminationTest {
  private static final String GOOD = "It now rounds half cents to even.";
  private static final Invariant MONEY =
      new Invariant("M1", "Money is exact.", List.of("**"), Optional.empty(), Optional.empty());
  private static final Invariant TEN =
      new Invariant("M10", "Ten is exact.", List.of("**"), Optional.empty(), Optional.empty());

  /** Somebody who gives these answers and then leaves. */
  private static final class Scripted {
    private final Deque<String> answers;
    final List<String> heard = new ArrayList<>();
    final List<String> questions = new ArrayList<>();

    Scripted(String... answers) {
      this.answers = new ArrayDeque<>(List.of(answers));
    }
  }

  private final List<String> probed = new ArrayList<>();
  private int walks;

  private static Dossier dossier(Tier tier, Invariant... invariants) {
    return new Dossier(
        new TaskId("abcde"),
        State.PROPOSED,
        Optional.empty(),
        "Mend it.",
        "",
        Optional.empty(),
        tier,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        0,
        List.of(),
        List.of(invariants),
        List.of(),
        List.of(),
        0,
        "",
        List.of(),
        List.of());
  }

  /** Leads the conversation to its end, or until the person leaves. */
  private Examination led(Scripted person, Examination begin) {
    Examination now = begin;
    while (true) {
      person.heard.addAll(now.told());
      switch (now) {
        case Examination.Asking asking -> {
          walks += asking.walkThrough() ? 1 : 0;
          person.questions.add(asking.question().text());
          if (person.answers.isEmpty()) {
            return now;
          }
          now = asking.answer(person.answers.remove());
        }
        case Examination.Probing probing -> now = probing.ran(probe(probing.command()));
        case Examination.Finished _, Examination.Declined _ -> {
          return now;
        }
      }
    }
  }

  /** What somebody who has read everything shows to have understood. */
  private List<Insight> ask(Scripted person, Dossier dossier) {
    Examination end = led(person, Examination.of(dossier, 0));
    assertThat(end).isInstanceOf(Examination.Finished.class);
    List<Insight> insights = ((Examination.Finished) end).insights();
    assertThat(insights.getFirst()).isEqualTo(insight(Insight.Kind.REVIEWED, ""));
    return insights.subList(1, insights.size());
  }

  /** On the base everything prints 1; on the candidate what ends in «new» prints 2. */
  private ProbeResult probe(String command) {
    probed.add(command);
    return new ProbeResult("1", command.endsWith("new") ? "2" : "1");
  }

  private static Insight insight(Insight.Kind kind, String text) {
    return new Insight(kind, text);
  }

  @Test
  void lowTier_asksNothing() {
    Scripted person = new Scripted("never asked for");
    assertThat(ask(person, dossier(Tier.LOW))).isEmpty();
    assertThat(person.questions).isEmpty();
    assertThat(Examination.announced(Tier.LOW)).isEmpty();
  }

  @Test
  void mediumTier_asksOneQuestion_andKeepsTheAnswer() {
    Scripted person = new Scripted("  " + GOOD + "  ");
    assertThat(ask(person, dossier(Tier.MEDIUM)))
        .containsExactly(insight(Insight.Kind.EXPLAINED, GOOD));
    assertThat(person.questions).hasSize(1);
    assertThat(walks).isZero();
  }

  @Test
  void tooShort_isAskedAgain_afterASecondTimeWithTheWalkThrough_thenWaived() {
    Scripted once = new Scripted("ok", GOOD);
    assertThat(ask(once, dossier(Tier.MEDIUM)))
        .containsExactly(insight(Insight.Kind.EXPLAINED, GOOD));
    assertThat(once.heard).containsExactly("Please answer with at least 5 words.");
    assertThat(walks).isZero();

    Scripted never = new Scripted("ok", "ok", "ok", GOOD);
    assertThat(ask(never, dossier(Tier.MEDIUM)))
        .extracting(Insight::kind)
        .containsExactly(Insight.Kind.WAIVED);
    assertThat(never.questions).hasSize(3);
    assertThat(walks).isEqualTo(1);
  }

  @Test
  void waive_isKeptWithItsReason() {
    assertThat(ask(new Scripted("waive I wrote it myself"), dossier(Tier.MEDIUM)))
        .containsExactly(insight(Insight.Kind.WAIVED, "I wrote it myself"));
    assertThat(ask(new Scripted("waive"), dossier(Tier.MEDIUM)))
        .containsExactly(insight(Insight.Kind.WAIVED, ""));
  }

  @Test
  void explanationThatBeginsLikeTheWord_isNoWaiver() {
    String explained = "waives the fee for orders above ten";
    assertThat(ask(new Scripted(explained), dossier(Tier.MEDIUM)))
        .containsExactly(insight(Insight.Kind.EXPLAINED, explained));
  }

  @Test
  void whoLeaves_isStillAsked() {
    Examination left = led(new Scripted(GOOD), Examination.of(dossier(Tier.HIGH, MONEY), 0));
    assertThat(left).isInstanceOf(Examination.Asking.class);
    assertThat(((Examination.Asking) left).question())
        .isEqualTo(new Question.NameInvariant(List.of("M1")));
    assertThat(probed).isEmpty();
  }

  @Test
  void unreadFiles_areConfirmedFirst_andOnlyYesGoesOn() {
    Examination begin = Examination.of(dossier(Tier.MEDIUM), 2);
    assertThat(led(new Scripted("yes", GOOD), begin))
        .isEqualTo(
            new Examination.Finished(
                List.of(),
                List.of(
                    insight(Insight.Kind.WAIVED, "2 files unread"),
                    insight(Insight.Kind.EXPLAINED, GOOD))));
    assertThat(led(new Scripted("no"), begin)).isEqualTo(new Examination.Declined());
    assertThat(led(new Scripted("waive tired"), begin)).isEqualTo(new Examination.Declined());
  }

  /** Each state is a value: the same question can be answered once more, from the same state. */
  @Test
  void answering_changesNoState() {
    Examination.Asking begin = (Examination.Asking) Examination.of(dossier(Tier.MEDIUM), 0);
    assertThat(led(new Scripted("ok", "ok", "ok"), begin)).isInstanceOf(Examination.Finished.class);
    assertThat(ask(new Scripted(GOOD), dossier(Tier.MEDIUM)))
        .isEqualTo(List.of(insight(Insight.Kind.EXPLAINED, GOOD)));
    assertThat(((Examination.Finished) begin.answer(GOOD)).insights())
        .contains(insight(Insight.Kind.EXPLAINED, GOOD));
    assertThat(begin.walkThrough()).isFalse();
  }

  @Test
  void highTier_wantsExplanationInvariantAndAPredictionThatIsRun() {
    Scripted person = new Scripted(GOOD, "M1 holds, nothing is rounded twice", "./price new", "2");
    assertThat(ask(person, dossier(Tier.HIGH, MONEY)))
        .containsExactly(
            insight(Insight.Kind.EXPLAINED, GOOD),
            insight(Insight.Kind.EXPLAINED, "invariant: M1 holds, nothing is rounded twice"),
            insight(Insight.Kind.PREDICTED, "«./price new» prints «2»; on the base it prints «1»"));
    assertThat(probed).containsExactly("./price new");
    assertThat(person.heard).contains("base:      1", "candidate: 2", "Right.");
  }

  @Test
  void invariant_hasToBeOneOfThose_byItsWholeId() {
    Scripted person =
        new Scripted(
            GOOD, "money stays exact as always", "M10 holds as before", "M1 holds", "waive c");
    assertThat(ask(person, dossier(Tier.HIGH, MONEY)))
        .extracting(Insight::text)
        .containsExactly(GOOD, "invariant: M1 holds", "c");
    assertThat(person.heard)
        .containsExactly(
            "Please name one of the invariants by its id.",
            "Please name one of the invariants by its id.");
    assertThat(ask(new Scripted(GOOD, "M10: it holds", "waive c"), dossier(Tier.HIGH, MONEY, TEN)))
        .extracting(Insight::text)
        .containsExactly(GOOD, "invariant: M10: it holds", "c");
  }

  @Test
  void withoutInvariants_aSentenceWillDo() {
    Scripted person = new Scripted(GOOD, "none", "A price is never negative anywhere.", "waive c");
    assertThat(ask(person, dossier(Tier.HIGH)))
        .extracting(Insight::text)
        .containsExactly(GOOD, "invariant: A price is never negative anywhere.", "c");
    assertThat(person.heard).containsExactly("Please answer with at least 5 words.");
  }

  private List<Insight> predicted(String... answers) {
    List<String> all = new ArrayList<>(List.of("waive a", "waive b"));
    all.addAll(List.of(answers));
    List<Insight> shown = ask(new Scripted(all.toArray(String[]::new)), dossier(Tier.HIGH));
    return shown.subList(2, shown.size());
  }

  @Test
  void wrongPrediction_isNoInsight_andMayBeTriedAgain() {
    assertThat(predicted("./price new", "3", "./price other new", "2"))
        .containsExactly(
            insight(
                Insight.Kind.PREDICTED,
                "«./price other new» prints «2»; on the base it prints «1»"));
    assertThat(probed).containsExactly("./price new", "./price other new");
  }

  @Test
  void inputThatDoesNotShowTheChange_isNoPrediction() {
    assertThat(predicted("./price old", "1", "./price new", "2"))
        .extracting(Insight::text)
        .containsExactly("«./price new» prints «2»; on the base it prints «1»");
  }

  @Test
  void same_isAPredictionOnlyWhereBothAreTheSame() {
    assertThat(predicted("./price old", "same"))
        .containsExactly(
            insight(
                Insight.Kind.PREDICTED,
                "«./price old» prints «1»; on the base it prints «1» (predicted: the same)"));
    assertThat(predicted("./price new", "same", "waive tired"))
        .containsExactly(insight(Insight.Kind.WAIVED, "tired"));
  }

  @Test
  void threeWrongPredictions_areWaived_afterTheWalkThrough() {
    assertThat(predicted("a new", "3", "b new", "3", "c new", "3", "d new", "2"))
        .containsExactly(insight(Insight.Kind.WAIVED, "no prediction was right"));
    assertThat(probed).hasSize(3);
    assertThat(walks).isEqualTo(1);
  }

  @Test
  void predictionMayBeWaived_atTheCommandOrAtTheOutcome() {
    assertThat(predicted("waive no way to run it"))
        .containsExactly(insight(Insight.Kind.WAIVED, "no way to run it"));
    assertThat(predicted("./price new", "waive can't know"))
        .containsExactly(insight(Insight.Kind.WAIVED, "can't know"));
    assertThat(probed).isEmpty();
  }
}

package dev.longe.review;

import static dev.longe.review.SampleChanges.binary;
import static dev.longe.review.SampleChanges.file;
import static dev.longe.testing.TaskHistory.TESTS;
import static dev.longe.testing.TaskHistory.candidate;
import static dev.longe.testing.TaskHistory.failed;
import static dev.longe.testing.TaskHistory.passed;
import static dev.longe.testing.TaskHistory.remark;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.core.CheckName;
import dev.longe.core.Invariant;
import dev.longe.core.Move;
import dev.longe.core.Reason;
import dev.longe.core.Remark;
import dev.longe.core.Stop;
import dev.longe.core.TaskState;
import dev.longe.core.Tier;
import dev.longe.core.Usage;
import dev.longe.core.Verdict;
import dev.longe.testing.TaskHistory;
import dev.longe.workspace.Content.FileChange;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RiskTest {
  private static TaskHistory fresh() {
    return TaskHistory.of(TaskHistory.loop(TaskHistory.tests())).prepared();
  }

  private static TaskState proposed() {
    return fresh().attempt(Move.FRESH, List.of("a"), passed(TESTS)).proposed().state();
  }

  private static Risk of(FileChange... files) {
    return Risk.of(proposed(), SampleChanges.of(files));
  }

  private static Risk withRemarks(Remark... remarks) {
    TaskHistory h = fresh().started(Move.FRESH).stopped(new Stop.Ended(), Usage.NONE);
    h.candidate(candidate(1, List.of("a"), List.of())).measured(remarks).checked(passed(TESTS));
    return Risk.of(h.proposed().state(), SampleChanges.of(file("a.py", 3)));
  }

  @Test
  void smallChange_isLow_andSaysSo() {
    Risk risk = of(file("src/price.py", 100), file("README.md", 0));
    assertThat(risk.tier()).isEqualTo(Tier.LOW);
    assertThat(risk.reasons()).isEmpty();
    assertThat(risk.shown()).hasSize(1).first().asString().startsWith("small");
  }

  @Test
  void size_raisesTheTier_atItsTwoMarks() {
    assertThat(of(file("a.py", 100)).tier()).isEqualTo(Tier.LOW);
    assertThat(of(file("a.py", 101)))
        .isEqualTo(new Risk(Tier.MEDIUM, List.of("101 changed lines")));
    assertThat(of(file("a.py", 400)).tier()).isEqualTo(Tier.MEDIUM);
    assertThat(of(file("a.py", 401))).isEqualTo(new Risk(Tier.HIGH, List.of("401 changed lines")));
    FileChange[] six = new FileChange[6];
    for (int i = 0; i < six.length; i++) {
      six[i] = file("f" + i + ".py", 1);
    }
    assertThat(of(six)).isEqualTo(new Risk(Tier.MEDIUM, List.of("6 files")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "src/Login.java",
        "auth.go",
        "db/migrations/7.sql",
        "lib/CRYPTO.c",
        "billing/invoice.rb",
        "acl.yaml"
      })
  void pathThatGuardsSomething_isHigh(String path) {
    assertThat(of(file(path, 1)))
        .isEqualTo(new Risk(Tier.HIGH, List.of("changes sensitive files: " + path)));
  }

  @Test
  void testOfSuchAPath_isNot() {
    assertThat(of(file("src/test/java/LoginTest.java", 1)).tier()).isEqualTo(Tier.LOW);
  }

  @Test
  void invariants_protectedPaths_andDependencies_areHigh() {
    CandidateChange change = SampleChanges.of(file("a.py", 1));
    Invariant money =
        new Invariant("M1", "It is exact.", List.of("a.py"), Optional.empty(), Optional.empty());
    assertThat(Risk.of(proposed(), SampleChanges.bearing(change, money)))
        .isEqualTo(new Risk(Tier.HIGH, List.of("concerns the invariants «M1»")));
    assertThat(Risk.of(proposed(), SampleChanges.adding(change, "package.json: left-pad")))
        .isEqualTo(new Risk(Tier.HIGH, List.of("adds 1 dependency line")));
    TaskHistory h = fresh().started(Move.FRESH).stopped(new Stop.Ended(), Usage.NONE);
    h.candidate(candidate(1, List.of("test/t"), List.of("test/t"))).checked(passed(TESTS));
    Risk risk = Risk.of(h.state(), change);
    assertThat(risk.tier()).isEqualTo(Tier.HIGH);
    assertThat(risk.reasons())
        .containsExactly("changes protected paths: test/t", "a check waits for a human");
  }

  @Test
  void codeThatGotWorseEachTime_isHigh() {
    TaskState task =
        fresh()
            .attempt(Move.FRESH, List.of("a"), passed(TESTS))
            .decided(Move.ASK, Reason.GETTING_WORSE)
            .state();
    assertThat(Risk.of(task, SampleChanges.of(file("a.py", 1))).reasons())
        .containsExactly("the code got worse with each attempt");
  }

  @Test
  void weakenedTest_isHigh_otherFindingsAreMedium_clonesAreNone() {
    assertThat(withRemarks(remark("assertion-removed", "T.java:9", false)).reasons())
        .containsExactly("weakens a test: T.java:9", "1 finding in its code");
    assertThat(withRemarks(remark("long-function", "a.py:1", false)))
        .isEqualTo(new Risk(Tier.MEDIUM, List.of("1 finding in its code")));
    assertThat(withRemarks(remark("clone", "a.py:1", false)).tier()).isEqualTo(Tier.LOW);
  }

  @Test
  void hardWork_isMedium() {
    TaskHistory h = fresh();
    h.attempt(Move.FRESH, List.of("a"), failed(TESTS, "x"));
    h.attempt(Move.CONTINUE, List.of("a"), failed(TESTS, "x"));
    h.attempt(Move.FRESH, List.of("a"), passed(TESTS));
    assertThat(Risk.of(h.state(), SampleChanges.of(file("a.py", 1))))
        .isEqualTo(new Risk(Tier.MEDIUM, List.of("3 attempts")));
  }

  @Test
  void attemptsThatNoAgentWorkedIn_doNotCount() {
    TaskHistory h = fresh();
    h.started(Move.FRESH).stopped(new Stop.Lost(), Usage.NONE);
    h.candidate(candidate(1, List.of("a"), List.of()));
    h.attempt(Move.CONTINUE, List.of("a"), failed(TESTS, "x"));
    h.attempt(Move.FRESH, List.of("a"), passed(TESTS));
    assertThat(Risk.of(h.state(), SampleChanges.of(file("a.py", 1))).tier()).isEqualTo(Tier.LOW);
  }

  @Test
  void whatNobodyCanRead_orOnlyAHumanCanSay_isMedium() {
    assertThat(of(binary("logo.png")))
        .isEqualTo(new Risk(Tier.MEDIUM, List.of("changes binary files")));
    CheckName taste = new CheckName("taste");
    TaskHistory h =
        TaskHistory.of(
                TaskHistory.loop(
                    TaskHistory.tests(), new dev.longe.core.CheckSpec.Human(taste, "Is it nice?")))
            .prepared();
    TaskState task = h.attempt(Move.FRESH, List.of("a"), passed(TESTS)).state();
    assertThat(task.verdicts().get(taste)).isInstanceOf(Verdict.Waiting.class);
    assertThat(Risk.of(task, SampleChanges.of(file("a.py", 1))).reasons())
        .containsExactly("a check waits for a human");
  }

  @Test
  void reasons_standWithTheGravestFirst() {
    Risk risk = of(file("auth.py", 150));
    assertThat(risk.tier()).isEqualTo(Tier.HIGH);
    assertThat(risk.reasons())
        .containsExactly("changes sensitive files: auth.py", "150 changed lines");
  }
}

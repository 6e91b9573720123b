package dev.longe.review;

import static dev.longe.review.SampleChanges.binary;
import static dev.longe.review.SampleChanges.file;
import static dev.longe.testing.TaskHistory.TESTS;
import static dev.longe.testing.TaskHistory.candidate;
import static dev.longe.testing.TaskHistory.failed;
import static dev.longe.testing.TaskHistory.passed;
import static dev.longe.testing.TaskHistory.receipt;
import static dev.longe.testing.TaskHistory.remark;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.core.AgentSpec;
import dev.longe.core.CheckName;
import dev.longe.core.CheckSpec;
import dev.longe.core.Command;
import dev.longe.core.Commit;
import dev.longe.core.Cost;
import dev.longe.core.Event;
import dev.longe.core.Invariant;
import dev.longe.core.Money;
import dev.longe.core.Move;
import dev.longe.core.Reason;
import dev.longe.core.Stop;
import dev.longe.core.Tier;
import dev.longe.core.Tokens;
import dev.longe.core.Usage;
import dev.longe.core.Verdict;
import dev.longe.testing.TaskHistory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class DossierTest {
  private static final CheckName SPEED = new CheckName("speed");
  private static final CheckName TASTE = new CheckName("taste");
  private static final CandidateChange SMALL = SampleChanges.of(file("a.py", 3));

  private static TaskHistory fresh(CheckSpec... checks) {
    return TaskHistory.of(TaskHistory.loop(checks)).prepared();
  }

  private static TaskHistory onRed(String... failing) {
    return fresh(TaskHistory.redTests())
        .happens(new Event.BaseChecked(failed(TESTS, failing), receipt("base-1")));
  }

  private static Dossier of(TaskHistory h) {
    return Dossier.of(h.state(), SMALL);
  }

  private static CheckSpec speed() {
    return new CheckSpec.Metric(
        SPEED,
        new Command.Shell("./bench"),
        new CheckSpec.Goal(CheckSpec.Direction.AT_MOST, 10),
        0,
        Duration.ofMinutes(1),
        false);
  }

  private static Verdict speed(boolean passes, double value) {
    return passes
        ? new Verdict.Passed(SPEED, OptionalDouble.of(value))
        : new Verdict.Failed(SPEED, List.of("speed"), "", "s", OptionalDouble.of(value));
  }

  @Test
  void changed_isWhatFailedOnTheBase_andPassesNow() {
    Dossier d = of(onRed("a", "b").attempt(Move.FRESH, List.of("a.py"), passed(TESTS)).proposed());
    assertThat(d.changed())
        .containsExactly("tests: failed on the base and passes on the candidate: a, b");
    assertThat(d.checked().getFirst().red()).isTrue();
  }

  @Test
  void changed_leavesOutWhatFailsStill() {
    Dossier d = of(onRed("a", "b").attempt(Move.FRESH, List.of("a.py"), failed(TESTS, "b")));
    assertThat(d.changed())
        .containsExactly("tests: failed on the base and passes on the candidate: a");
    assertThat(of(onRed("a").attempt(Move.FRESH, List.of("a.py"), failed(TESTS, "a"))).changed())
        .isEmpty();
  }

  @Test
  void changed_keepsApartWhatWasRedOnlyInAnEarlierAttempt() {
    TaskHistory h = onRed("a").attempt(Move.FRESH, List.of("a.py"), failed(TESTS, "a", "c"));
    assertThat(of(h.attempt(Move.CONTINUE, List.of("a.py"), passed(TESTS))).changed())
        .containsExactly(
            "tests: failed on the base and passes on the candidate: a",
            "tests: failed in an earlier attempt and passes on the candidate: c");
  }

  @Test
  @Tag("I2")
  void checkThatBroke_showsNothingAsGreen() {
    Dossier d =
        of(onRed("a").attempt(Move.FRESH, List.of("a.py"), new Verdict.Broken(TESTS, "timed out")));
    assertThat(d.changed()).isEmpty();
  }

  @Test
  @Tag("I2")
  void checkThatFailedWithoutNamingCases_showsNothingAsGreen() {
    Dossier d = of(onRed("a", "b").attempt(Move.FRESH, List.of("a.py"), failed(TESTS, "tests")));
    assertThat(d.changed()).isEmpty();
  }

  @Test
  void metric_isToldWithItsGoalAndWhereItBegan() {
    TaskHistory h = fresh(speed()).attempt(Move.FRESH, List.of("a.py"), speed(false, 14));
    h.attempt(Move.CONTINUE, List.of("a.py"), speed(true, 9.5));
    assertThat(of(h.proposed()).changed())
        .contains("speed is 9.5, the goal is <= 10.0; at first it was 14.0");
    TaskHistory once = fresh(speed()).attempt(Move.FRESH, List.of("a.py"), speed(true, 9.5));
    assertThat(of(once).changed()).containsExactly("speed is 9.5, the goal is <= 10.0");
  }

  @Test
  void unchecked_namesEveryThingThatNothingLookedAt() {
    TaskHistory h = fresh(TaskHistory.tests(), speed());
    h.started(Move.FRESH).stopped(new Stop.Ended(), Usage.NONE);
    h.candidate(candidate(1, List.of("a.py", "test/t"), List.of("test/t"))).checked(passed(TESTS));
    Invariant silent =
        new Invariant("M1", "Exact.", List.of("a.py"), Optional.empty(), Optional.empty());
    Invariant checked =
        new Invariant("M2", "Fast.", List.of("a.py"), Optional.of("./t"), Optional.empty());
    CandidateChange change =
        SampleChanges.bearing(SampleChanges.of(file("a.py", 3), binary("x.png")), silent, checked);
    assertThat(Dossier.of(h.state(), change).unchecked())
        .containsExactly(
            "not run: speed",
            "no check failed before the change, so none is known to test what changed",
            "the code's quality: the loop has no «guard: slop»",
            "its changes to protected paths: the checks used the base's version of test/t",
            "binary files: x.png",
            "the change contains no test",
            "the invariant «M1» has no check",
            "a merge with changes that land before it: the checks run again on the merged tree");
  }

  @Test
  void unchecked_isShort_whereAllWasLookedAt() {
    TaskHistory h =
        TaskHistory.of(
                TaskHistory.loop(TaskHistory.redTests(), new CheckSpec.Slop(new CheckName("slop"))))
            .prepared()
            .happens(new Event.BaseChecked(failed(TESTS, "a"), receipt("base-1")));
    h.attempt(Move.FRESH, List.of("a.py"), passed(TESTS), passed(new CheckName("slop")));
    assertThat(
            Dossier.of(h.state(), SampleChanges.of(file("a.py", 1), file("test_a.py", 1)))
                .unchecked())
        .hasSize(1);
  }

  @Test
  void changeThatCannotBeRead_isHighRisk() {
    TaskHistory h = fresh(TaskHistory.tests()).attempt(Move.FRESH, List.of("a"), passed(TESTS));
    Dossier d = Dossier.of(h.state());
    assertThat(d.tier()).isEqualTo(Tier.HIGH);
    assertThat(d.tierReasons()).containsExactly("the change can't be read");
    assertThat(d.reading()).isEmpty();
    assertThat(of(h).tier()).isEqualTo(Tier.LOW);
  }

  @Test
  void claims_areWhatOnlySomebodysWordStandsFor() {
    CheckSpec taste =
        new CheckSpec.Judge(
            TASTE, new AgentSpec("model", List.of("m")), List.of("Clear"), Duration.ofMinutes(1));
    TaskHistory h = fresh(TaskHistory.tests(), taste).started(Move.FRESH);
    h.happens(new Event.SessionNamed(1, "s", Optional.of("opus")));
    h.stopped(
        new Stop.Ended(),
        new Usage(new Tokens(1_000, 0, 0, 0), new Cost.Reported(new Money(420_000))));
    h.candidate(candidate(1, List.of("a.py"), List.of())).checked(passed(TESTS), passed(TASTE));
    Dossier d = of(h.proposed());
    assertThat(d.claims())
        .containsExactly(
            "the cost: the agent reports it",
            "the model «opus»: the agent reports it",
            "«taste»: the opinion of a model");
    assertThat(d.checked()).extracting(Dossier.Checked::opinion).startsWith(false, true);
    assertThat(d.cost()).isEqualTo("$0.42 (reported), 1,000 tokens of $5.00; worked 2 min 4 s");
  }

  @Test
  void taskThatNoAgentWorkedOn_claimsNothing() {
    Dossier d = Dossier.of(TaskHistory.of(TaskHistory.loop(TaskHistory.tests())).state());
    assertThat(d.claims()).isEmpty();
    assertThat(d.checked()).isEmpty();
    assertThat(d.unchecked()).isEmpty();
    assertThat(d.undo()).isEmpty();
    assertThat(d.candidate()).isEmpty();
  }

  @Test
  void lastReceipt_speaksForACheckThatRanTwice() {
    TaskHistory h =
        fresh(TaskHistory.tests())
            .attempt(
                Move.FRESH, List.of("a"), new Verdict.Broken(TESTS, "timed out"), passed(TESTS));
    Dossier.Checked only = of(h).checked().getFirst();
    assertThat(only.verdict()).isEqualTo(passed(TESTS));
    assertThat(only.receipt().orElseThrow().id()).isEqualTo("1-2");
  }

  @Test
  void guards_areAmongTheChecks_withoutAReceipt() {
    Dossier d = of(fresh(TaskHistory.tests()).attempt(Move.FRESH, List.of("a"), passed(TESTS)));
    assertThat(d.checked())
        .extracting(Dossier.Checked::name)
        .containsExactly("tests", "protected-paths", "diff-size");
    assertThat(d.checked().getLast().receipt()).isEmpty();
  }

  @Test
  void attempts_tellHowTheyCameAbout_andWhyTheyWereRefused() {
    TaskHistory h =
        fresh(TaskHistory.tests()).attempt(Move.FRESH, List.of("a"), failed(TESTS, "x"));
    h.attempt(Move.CONTINUE, List.of("a"), passed(TESTS));
    assertThat(of(h).attempts())
        .containsExactly(
            new Dossier.Tried(1, "fresh, session 1", "ended", "+10 −1 lines", "tests failed"),
            new Dossier.Tried(2, "continue, session 1", "ended", "+20 −2 lines", ""));
    TaskHistory running = fresh(TaskHistory.tests()).started(Move.FRESH);
    assertThat(Dossier.of(running.state()).attempts())
        .containsExactly(new Dossier.Tried(1, "fresh, session 1", "not ended", "", ""));
  }

  @Test
  @Tag("I9")
  void dropped_namesTheWorkThatWasLeft_andWhereItIsKept() {
    TaskHistory h =
        fresh(TaskHistory.tests()).attempt(Move.FRESH, List.of("a"), failed(TESTS, "x"));
    h.attempt(Move.CONTINUE, List.of("a", "b"), failed(TESTS, "x"));
    h.attempt(Move.FRESH, List.of("c"), passed(TESTS));
    assertThat(of(h).dropped())
        .containsExactly("attempt 2: +20 −2 lines in a, b; kept as refs/longe/abcde/2");
  }

  @Test
  void dropped_leavesOutCandidatesThatChangedNothing() {
    TaskHistory h = fresh(TaskHistory.tests()).attempt(Move.FRESH, List.of(), failed(TESTS, "x"));
    assertThat(of(h.attempt(Move.FRESH, List.of("c"), passed(TESTS))).dropped()).isEmpty();
  }

  @Test
  void lines_areThoseToRead() {
    TaskHistory h = fresh(TaskHistory.tests()).attempt(Move.FRESH, List.of("a"), passed(TESTS));
    CandidateChange change =
        SampleChanges.holding(
            SampleChanges.of(file("a.py", 3), file("b.py", 4), file("g.py", 900)),
            "g.py",
            "# Code generated by x. DO NOT EDIT.\n");
    assertThat(Dossier.of(h.state(), change).lines()).isEqualTo(7);
  }

  @Test
  void undo_isBeforeLandingADiscard_andAfterwardsARevert() {
    TaskHistory h = fresh(TaskHistory.tests()).attempt(Move.FRESH, List.of("a"), passed(TESTS));
    assertThat(of(h.proposed()).undo())
        .containsExactly(
            "before landing (your branch is not changed yet): longe discard abcde",
            "after landing: longe undo abcde");
    h.accepted()
        .happens(new Event.Landed(new Commit("d".repeat(40)), "refs/heads/main", List.of()));
    assertThat(of(h).undo()).containsExactly("longe undo abcde", "git revert dddddddddd");
    assertThat(of(h).next()).isEmpty();
  }

  @Test
  void next_offersOnlyWhatTheStateTakes() {
    TaskHistory queued = TaskHistory.of(TaskHistory.loop(TaskHistory.tests()));
    assertThat(Dossier.of(queued.state()).next())
        .containsExactly(
            "longe log abcde -f",
            "longe steer abcde \"…\"",
            "longe pause abcde",
            "longe stop abcde");
    TaskHistory h = fresh(TaskHistory.tests()).attempt(Move.FRESH, List.of("a"), passed(TESTS));
    assertThat(of(h.decided(Move.ASK, Reason.AGENT_ASKED)).next())
        .startsWith("longe answer abcde \"…\"")
        .noneMatch(n -> n.contains("accept"));
    assertThat(of(h.decided(Move.ASK, Reason.PROTECTED_TOUCHED)).next())
        .contains("longe accept abcde");
    assertThat(of(h.decided(Move.WAIT, Reason.PAUSED)).next())
        .containsExactly("longe resume abcde", "longe stop abcde");
    assertThat(of(h.decided(Move.STOP, Reason.LIMIT_MONEY)).next()).contains("longe resume abcde");
  }

  @Test
  @Tag("I16")
  void exploration_isNeverOfferedForAcceptance() {
    TaskHistory h = TaskHistory.of(TaskHistory.exploring()).prepared();
    h.attempt(Move.FRESH, List.of("a"), passed(TESTS)).decided(Move.PROPOSE, Reason.FINDINGS);
    assertThat(of(h).next()).contains("longe promote abcde").noneMatch(n -> n.contains("accept"));
  }

  @Test
  void findings_andHowManyWereLeftOut_comeFromTheLastAttempt() {
    TaskHistory h = fresh(TaskHistory.tests()).started(Move.FRESH);
    h.stopped(new Stop.Ended(), Usage.NONE).candidate(candidate(1, List.of("a"), List.of()));
    h.happens(new Event.Measured(1, List.of(), List.of(remark("empty-catch", "a.py:3", true)), 17));
    assertThat(of(h).remarks()).hasSize(1);
    assertThat(of(h).remarksMore()).isEqualTo(17);
  }
}

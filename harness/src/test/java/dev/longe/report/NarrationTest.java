package dev.longe.report;

import static dev.longe.testing.TaskHistory.TESTS;
import static dev.longe.testing.TaskHistory.candidate;
import static dev.longe.testing.TaskHistory.decision;
import static dev.longe.testing.TaskHistory.failed;
import static dev.longe.testing.TaskHistory.passed;
import static dev.longe.testing.TaskHistory.receipt;
import static dev.longe.testing.TaskHistory.remark;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.core.CheckName;
import dev.longe.core.Commit;
import dev.longe.core.Cost;
import dev.longe.core.Delivery;
import dev.longe.core.Event;
import dev.longe.core.Insight;
import dev.longe.core.LimitName;
import dev.longe.core.Limits;
import dev.longe.core.Money;
import dev.longe.core.Move;
import dev.longe.core.Opinion;
import dev.longe.core.Policy;
import dev.longe.core.Reason;
import dev.longe.core.Stop;
import dev.longe.core.TaskState;
import dev.longe.core.Tokens;
import dev.longe.core.Usage;
import dev.longe.core.Verdict;
import dev.longe.testing.TaskHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class NarrationTest {
  private static final Narration PLAIN = new Narration(new Style(false));
  private static final Instant LATER = Instant.parse("2026-11-20T09:00:00Z");
  private static final Usage USED =
      new Usage(new Tokens(12_000, 345, 0, 0), new Cost.Reported(new Money(420_000)));

  private static TaskHistory fresh() {
    return TaskHistory.of(TaskHistory.loop(TaskHistory.tests()));
  }

  private static TaskState queued() {
    return fresh().state();
  }

  private static List<String> tell(Event event) {
    return PLAIN.tell(queued(), event);
  }

  /** One of each kind of event, with what a person reads of it. */
  private static Map<Event, List<String>> everyKind() {
    Map<Event, List<String>> all = new LinkedHashMap<>();
    all.put(
        fresh().events().getFirst(),
        List.of(
            "task abcde  Mend it.",
            "           loop «fix», agent claude, then codex:gpt-5, base aaaaaaaaaa of main"));
    all.put(new Event.Framed(Delivery.DEFAULT, List.of()), List.of());
    all.put(new Event.Placed(List.of("gpu")), List.of());
    all.put(new Event.PolicySet(Policy.DEFAULT), List.of());
    all.put(Event.AdmissionAsked.nothing(LATER), List.of());
    all.put(new Event.Claimed(1, "here"), List.of());
    all.put(new Event.Prepared("tree"), List.of());
    all.put(new Event.Spending(1, USED), List.of());
    all.put(new Event.Woken(), List.of());
    all.put(new Event.SessionNamed(1, "s", Optional.empty()), List.of());
    all.put(
        new Event.BaseChecked(failed(TESTS, "a"), receipt("base-1")),
        List.of("base       red «tests» fails on the base, as it must"));
    all.put(
        new Event.WrapUpSent(1, LimitName.TOKENS, true),
        List.of("           near the limit of tokens; the agent was told to wrap up"));
    all.put(
        new Event.AttemptEnded(1, new Stop.Ended(), USED, Duration.ofSeconds(65)),
        List.of("           attempt ended · 1 min 5 s · $0.42 (reported), 12,345 tokens"));
    all.put(
        new Event.CandidateMade(1, candidate(1, List.of("a.txt"), List.of())),
        List.of("           candidate 1: +10 −1 lines in a.txt"));
    all.put(
        new Event.Checked(1, passed(TESTS), receipt("1-1")), List.of("           passed  «tests»"));
    all.put(
        new Event.Measured(1, List.of(), List.of(remark("empty-catch", "A.java:3", true)), 2),
        List.of("           code: 1 finding that must be corrected, 2 findings told to the agent"));
    all.put(
        new Event.Judged(
            1,
            new CheckName("taste"),
            List.of(new Opinion("It is clear", Opinion.Answer.MET, "A.java:1 short")),
            Optional.of("opus"),
            USED),
        List.of(
            "judge      «taste» by opus · $0.42 (reported), 12,345 tokens",
            "           met: It is clear (A.java:1 short)"));
    all.put(
        decision(Move.CONTINUE, Reason.CRITERION_FLAT, "2 cases fail\nas before"),
        List.of(
            "refused    continue the same session · criterion-flat: "
                + Reason.CRITERION_FLAT.meaning(),
            "           2 cases fail",
            "           as before"));
    all.put(
        new Event.Deferred(Reason.BUDGET, LATER, "No money today."),
        List.of("waiting    No money today. Until 2026-11-20T09:00:00Z."));
    all.put(
        new Event.Steered("Use the cache.", false),
        List.of("you        Use the cache. (goes into the next prompt)"));
    all.put(new Event.PauseAsked(), List.of("you        pause"));
    all.put(new Event.StopAsked(), List.of("you        stop"));
    all.put(new Event.Resumed(Limits.Raise.NOTHING), List.of("you        resume"));
    all.put(new Event.Answered("Yes.", Optional.empty()), List.of("you        answer: Yes."));
    all.put(
        TaskHistory.reviewed(1, Insight.Kind.REVIEWED, Insight.Kind.EXPLAINED),
        List.of("you        review: reviewed, explained, medium risk, 3 min"));
    all.put(
        new Event.Left("m1", false, "it is gone"),
        List.of("left       m1: it is gone; its session is lost, its candidates are kept"));
    all.put(new Event.TakenOver("Ann", Optional.empty()), List.of("you        took over (Ann)"));
    all.put(
        new Event.Outcome(Event.Outcome.Fate.REVERTED, new Commit("c".repeat(40)), "found in main"),
        List.of("reverted   cccccccccc  found in main"));
    all.put(
        new Event.Accepted("Ann", false, Optional.empty(), Optional.empty()),
        List.of("you        accept (Ann)"));
    all.put(
        new Event.Rejected("Too large.", Optional.empty()),
        List.of("you        reject: Too large."));
    all.put(new Event.Discarded(Optional.empty()), List.of("you        discard"));
    all.put(
        new Event.Landed(
            new Commit("c".repeat(40)),
            "refs/heads/main",
            List.of(new Event.Checked(1, passed(TESTS), receipt("landing-1-1")))),
        List.of("landed     cccccccccc on refs/heads/main, 1 check passed on the merged tree"));
    all.put(
        new Event.LandingRefused("It conflicts.", List.of()), List.of("not landed It conflicts."));
    all.put(
        new Event.SetupFailed("It ended with exit 1.\n  no network"),
        List.of("setup      It ended with exit 1.\n             no network"));
    all.put(new Event.Faulted("prepare", "no disk"), List.of("fault      prepare: no disk"));
    return all;
  }

  @Test
  void everyKindOfEvent_isToldAsItHappened() {
    everyKind().forEach((event, lines) -> assertThat(tell(event)).isEqualTo(lines));
  }

  @Test
  void theListAbove_holdsEveryKindOfEventButTheStart() {
    Set<Class<?>> told = new HashSet<>(Set.of(Event.AttemptStarted.class));
    everyKind().keySet().forEach(e -> told.add(e.getClass()));
    assertThat(told).containsExactlyInAnyOrderElementsOf(kinds(Event.class));
  }

  private static List<Class<?>> kinds(Class<?> of) {
    if (!of.isSealed()) {
      return List.of(of);
    }
    List<Class<?>> all = new ArrayList<>();
    for (Class<?> one : of.getPermittedSubclasses()) {
      all.addAll(kinds(one));
    }
    return all;
  }

  @Test
  void start_saysWhichAgentWorksAndHowItCameAbout() {
    assertThat(start(fresh().prepared(), Move.FRESH, 1, 0))
        .containsExactly("attempt 1  claude, fresh session 1");
    TaskHistory once = fresh().prepared().attempt(Move.FRESH, List.of("a"), failed(TESTS, "x"));
    assertThat(start(once, Move.CONTINUE, 1, 0))
        .containsExactly("attempt 2  claude, continues session 1");
    TaskHistory again = fresh().prepared().attempt(Move.FRESH, List.of("a"), failed(TESTS, "x"));
    assertThat(start(again, Move.HAND_OFF, 2, 1))
        .containsExactly("attempt 2  codex:gpt-5, hand-off, session 2");
  }

  private static List<String> start(TaskHistory before, Move move, int session, int agent) {
    TaskState decided = before.decided(move, Reason.CHECKS_FAILED).state();
    Event.AttemptStarted event = (Event.AttemptStarted) before.started(move).events().getLast();
    return PLAIN.tell(
        decided,
        new Event.AttemptStarted(
            event.attempt(), session, agent, event.can(), 1, event.reserved()));
  }

  @Test
  void candidate_thatChangesNothingSinceTheLast_isToldSo() {
    TaskState before =
        fresh().prepared().attempt(Move.FRESH, List.of("a"), failed(TESTS, "x")).state();
    assertThat(
            PLAIN.tell(before, new Event.CandidateMade(2, candidate(1, List.of("a"), List.of()))))
        .containsExactly("           candidate 1: nothing changed");
    assertThat(
            PLAIN.tell(before, new Event.CandidateMade(2, candidate(2, List.of("a"), List.of()))))
        .containsExactly("           candidate 2: +20 −2 lines in a");
  }

  @Test
  void firstCandidate_isHeldAgainstTheBase() {
    TaskState before =
        fresh().prepared().started(Move.FRESH).stopped(new Stop.Ended(), USED).state();
    dev.longe.core.Candidate same =
        new dev.longe.core.Candidate(
            1,
            new Commit("d".repeat(40)),
            "tree-base",
            List.of(),
            0,
            0,
            List.of(),
            List.of(),
            List.of());
    assertThat(PLAIN.tell(before, new Event.CandidateMade(1, same)))
        .containsExactly("           candidate 1: nothing changed");
  }

  @Test
  void protectedPaths_areNamed_andThatTheChecksDoNotSeeThem() {
    List<String> told =
        tell(
            new Event.CandidateMade(
                1, candidate(1, List.of("a", "b", "c", "d", "e"), List.of("test/t1", "test/t2"))));
    assertThat(told)
        .containsExactly(
            "           candidate 1: +10 −1 lines in a, b, c, d and 1 more;"
                + " checks use the base's version of the protected paths test/t1, test/t2");
  }

  @Test
  void verdicts_showTheNumber_theCases_orTheFault() {
    CheckName speed = new CheckName("speed");
    assertThat(checked(new Verdict.Passed(speed, OptionalDouble.of(9.5))))
        .containsExactly("           passed  «speed» (9.5)");
    assertThat(checked(failed(TESTS, "d", "c", "b", "a")))
        .containsExactly("           failed  «tests»: a, b, c and 1 more");
    assertThat(checked(failed(TESTS, "tests"))).containsExactly("           failed  «tests»");
    assertThat(checked(new Verdict.Broken(TESTS, "timed out")))
        .containsExactly("           broken  «tests»: timed out");
    assertThat(checked(new Verdict.Waiting(TESTS, "Is it so?")))
        .containsExactly("           waiting «tests»");
  }

  private static List<String> checked(Verdict verdict) {
    return tell(new Event.Checked(1, verdict, receipt("1-1")));
  }

  @Test
  void baseRun_saysWhetherTheRedCheckIsRed() {
    assertThat(base(passed(TESTS)))
        .containsExactly("base       not red «tests» passes on the base");
    assertThat(base(new Verdict.Broken(TESTS, "not found")))
        .containsExactly("base       broken «tests»: not found");
    assertThat(base(new Verdict.Waiting(TESTS, "?"))).containsExactly("base       «tests» waits");
  }

  private static List<String> base(Verdict verdict) {
    return tell(new Event.BaseChecked(verdict, receipt("base-1")));
  }

  @Test
  void everyMove_isToldApart_andOnlyTheFirstStartIsSilent() {
    assertThat(tell(decision(Move.FRESH, Reason.FIRST, "x"))).isEmpty();
    assertThat(head(Move.FRESH, Reason.TREE_SEEN)).startsWith("refused    start a fresh session");
    assertThat(head(Move.CONTINUE, Reason.ANSWERED)).startsWith("next       continue the same");
    assertThat(head(Move.HAND_OFF, Reason.SAME_FAILURE)).startsWith("refused    hand over to");
    assertThat(head(Move.ASK, Reason.HUMAN_CHECK)).startsWith("asking     a human must answer");
    assertThat(head(Move.WAIT, Reason.PAUSED)).startsWith("waiting    until it is resumed");
    assertThat(head(Move.PROPOSE, Reason.CHECKS_PASSED))
        .isEqualTo("proposed   every check passed on this candidate · checks-passed");
    assertThat(head(Move.STOP, Reason.LIMIT_MONEY))
        .isEqualTo("stopped    the limit of money is reached · limit-money");
    Event.Decided timed =
        new Event.Decided(
            Move.WAIT, Reason.RATE_LIMITED, "", Optional.empty(), Optional.of(LATER), Usage.NONE);
    assertThat(tell(timed).getFirst()).startsWith("waiting    until 2026-11-20T09:00:00Z");
  }

  private static String head(Move move, Reason reason) {
    return tell(decision(move, reason, "")).getFirst();
  }

  @Test
  void whatOthersWrote_isCutToALength() {
    String flood = "x".repeat(10_000);
    assertThat(tell(new Event.Answered(flood, Optional.empty())).getFirst())
        .hasSizeLessThan(400)
        .endsWith("…");
    assertThat(
            tell(new Event.AttemptEnded(1, new Stop.Crashed(1, flood), USED, Duration.ZERO))
                .getFirst())
        .hasSizeLessThan(400);
    String lines = "line\n".repeat(500);
    assertThat(tell(decision(Move.ASK, Reason.AGENT_ASKED, lines))).hasSize(5);
  }

  @Test
  void undelivered_andUnknown_areNotToldAsDelivered_orNothing() {
    assertThat(tell(new Event.WrapUpSent(1, LimitName.MONEY, false)))
        .containsExactly("           near the limit of money; the agent can't be told to wrap up");
    assertThat(tell(new Event.Steered("Now.", true)))
        .containsExactly("you        Now. (delivered)");
    assertThat(tell(new Event.AttemptEnded(1, new Stop.Lost(), USED, Duration.ofMillis(48))))
        .singleElement()
        .asString()
        .doesNotContain("48");
    assertThat(tell(new Event.AttemptEnded(1, new Stop.Silent(), Usage.UNKNOWN, Duration.ZERO)))
        .containsExactly("           attempt silent · 0 ms · cost unknown, 0 tokens");
    assertThat(tell(new Event.Measured(1, List.of(), List.of(), 0))).isEmpty();
    assertThat(tell(new Event.Left("m1", true, "it ended")))
        .containsExactly("left       m1: it ended");
  }

  @Test
  void colour_setsWordsOff_andChangesNoWord() {
    Narration coloured = new Narration(new Style(true));
    Event event = new Event.Checked(1, passed(TESTS), receipt("1-1"));
    String line = coloured.tell(queued(), event).getFirst();
    assertThat(line).contains("\033[32mpassed\033[0m");
    assertThat(line.replaceAll("\033\\[\\d+m", "")).isEqualTo(tell(event).getFirst());
  }
}

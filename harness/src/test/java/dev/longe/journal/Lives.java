package dev.longe.journal;

import dev.longe.core.AgentSpec;
import dev.longe.core.Breaker;
import dev.longe.core.Candidate;
import dev.longe.core.Capabilities;
import dev.longe.core.CheckName;
import dev.longe.core.CheckSpec;
import dev.longe.core.Command.Argv;
import dev.longe.core.Command.Shell;
import dev.longe.core.Commit;
import dev.longe.core.Cost;
import dev.longe.core.Delivery;
import dev.longe.core.Event;
import dev.longe.core.Grant;
import dev.longe.core.Growth;
import dev.longe.core.Insight;
import dev.longe.core.Invariant;
import dev.longe.core.LimitName;
import dev.longe.core.Limits;
import dev.longe.core.Loop;
import dev.longe.core.Mode;
import dev.longe.core.Money;
import dev.longe.core.Move;
import dev.longe.core.Opinion;
import dev.longe.core.Policy;
import dev.longe.core.Reason;
import dev.longe.core.Receipt;
import dev.longe.core.Remark;
import dev.longe.core.Review;
import dev.longe.core.ReviewLoad;
import dev.longe.core.Sandboxing;
import dev.longe.core.Source;
import dev.longe.core.Stop;
import dev.longe.core.Tier;
import dev.longe.core.Tokens;
import dev.longe.core.Usage;
import dev.longe.core.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Events for tests; together they hold every type and every variant. */
public final class Lives {
  private static final Commit COMMIT = new Commit("0123456789abcdef0123456789abcdef01234567");
  private static final CheckName TESTS = new CheckName("tests");
  private static final Instant THEN = Instant.parse("2026-11-20T09:30:00.125Z");

  private Lives() {}

  static Event.Submitted submitted() {
    Loop loop =
        new Loop(
            "fix",
            Mode.EXECUTE,
            List.of(new AgentSpec("claude", List.of("opus"))),
            Optional.of(new Shell("npm ci")),
            List.of(),
            List.of(),
            List.of(
                new CheckSpec.Run(
                    TESTS,
                    new Argv(List.of("npm", "test")),
                    Optional.of("r.xml"),
                    Duration.ofMinutes(15),
                    true,
                    false,
                    OptionalInt.empty()),
                new CheckSpec.Metric(
                    new CheckName("speed"),
                    new Shell("bench"),
                    new CheckSpec.Goal(CheckSpec.Direction.AT_LEAST, 90),
                    1.5,
                    Duration.ofSeconds(90),
                    true),
                new CheckSpec.Human(new CheckName("look"), "Right?")),
            List.of("test/**"),
            Loop.DEFAULT_MOVES,
            Limits.DEFAULT,
            Review.ALWAYS,
            Sandboxing.NONE,
            List.of("JAVA_HOME"),
            List.of(),
            "{{task}}");
    return new Event.Submitted("Mend it.", new Source("/repo", Optional.of("main"), COMMIT), loop);
  }

  private static Event.Decided decided(Move move, Reason reason) {
    return new Event.Decided(move, reason, "", Optional.empty(), Optional.empty(), Usage.NONE);
  }

  static List<Event> upToAttempt(Money reserved) {
    return List.of(
        new Event.Claimed(1, "m"),
        new Event.Prepared("tree-0"),
        new Event.BaseChecked(failed(), receipt("base-1")),
        decided(Move.FRESH, Reason.FIRST),
        new Event.AttemptStarted(1, 1, 0, new Capabilities(true, true, false), 1, reserved));
  }

  static Event.AttemptEnded ended(Money cost) {
    Usage usage = new Usage(new Tokens(10, 5, 100, 7), new Cost.Reported(cost));
    return new Event.AttemptEnded(1, new Stop.Ended(), usage, Duration.ofMillis(12_345));
  }

  private static Receipt receipt(String id) {
    return new Receipt(
        id, "npm test", COMMIT, "tree-1", 1, Duration.ofMillis(830), "ab12", Optional.empty());
  }

  private static Verdict failed() {
    return new Verdict.Failed(
        TESTS, List.of("a", "b"), "2 failing cases", "5f", OptionalDouble.empty());
  }

  /** One event of every type, in an order in which nobody lived. */
  public static List<Event> everyType() {
    Usage unknown = new Usage(Tokens.ZERO, new Cost.Unknown(new Money(5)));
    Candidate candidate =
        new Candidate(
            1, COMMIT, "tree-1", List.of("ä b.txt"), 3, 1, List.of(), List.of(), List.of());
    Event.Checked passed =
        new Event.Checked(1, new Verdict.Passed(TESTS, OptionalDouble.of(91.5)), receipt("1-1"));
    Limits.Raise raise =
        new Limits.Raise(
            Optional.of(9),
            Optional.of(new Money(1)),
            Optional.empty(),
            Optional.of(Duration.ofHours(3)),
            Optional.empty());
    return List.of(
        submitted(),
        new Event.Claimed(2, "host"),
        new Event.Prepared("tree-0"),
        new Event.BaseChecked(failed(), receipt("base-1")),
        new Event.AttemptStarted(
            1, 1, 0, new Capabilities(true, true, false), 2, new Money(5_000_000)),
        new Event.SessionNamed(1, "0a1b", Optional.of("opus")),
        new Event.Spending(1, unknown),
        new Event.WrapUpSent(1, LimitName.MONEY, true),
        ended(new Money(19_580)),
        new Event.AttemptEnded(1, new Stop.Asked("which?"), unknown, Duration.ZERO),
        new Event.AttemptEnded(1, new Stop.Cannot("no"), unknown, Duration.ZERO),
        new Event.AttemptEnded(1, new Stop.RateLimited(THEN), unknown, Duration.ZERO),
        new Event.AttemptEnded(1, new Stop.Refused("401"), unknown, Duration.ZERO),
        new Event.AttemptEnded(1, new Stop.ProviderDown("500", THEN), unknown, Duration.ZERO),
        new Event.AttemptEnded(1, new Stop.ContextFull(), unknown, Duration.ZERO),
        new Event.AttemptEnded(1, new Stop.Crashed(3, "boom"), unknown, Duration.ZERO),
        new Event.AttemptEnded(1, new Stop.Silent(), unknown, Duration.ZERO),
        new Event.AttemptEnded(1, new Stop.OverLimit(LimitName.TIME), unknown, Duration.ZERO),
        new Event.AttemptEnded(1, new Stop.Interrupted(), unknown, Duration.ZERO),
        new Event.AttemptEnded(
            1,
            new Stop.Lost(),
            new Usage(Tokens.ZERO, new Cost.Computed(new Money(7), "2026-11")),
            Duration.ZERO),
        new Event.CandidateMade(1, candidate),
        passed,
        new Event.Checked(1, new Verdict.Broken(TESTS, "not found"), receipt("1-2")),
        new Event.Checked(1, new Verdict.Waiting(TESTS, "right?"), receipt("1-3")),
        new Event.Decided(
            Move.CONTINUE,
            Reason.CHECKS_FAILED,
            "tests > a",
            Optional.of(0),
            Optional.of(THEN),
            unknown),
        new Event.Deferred(Reason.BUDGET, THEN, "no money today"),
        new Event.Woken(),
        new Event.Steered("left", true),
        new Event.PauseAsked(),
        new Event.StopAsked(),
        new Event.Resumed(raise),
        new Event.Answered("yes", Optional.empty()),
        new Event.Accepted("you", true, Optional.empty(), Optional.empty()),
        new Event.Rejected("too clever", Optional.empty()),
        new Event.Discarded(Optional.empty()),
        new Event.Landed(COMMIT, "refs/heads/main", List.of(passed)),
        new Event.LandingRefused("conflict", List.of()),
        new Event.Faulted("prepare", "no disk"),
        new Event.SetupFailed("The setup of your loop failed: «npm ci» ended with exit 1."),
        new Event.AttemptEnded(1, new Stop.TurnLimit(), unknown, Duration.ZERO),
        new Event.Judged(
            1,
            new CheckName("judge"),
            List.of(new Opinion("It says why.", Opinion.Answer.CANNOT_TELL, "a.txt:1")),
            Optional.of("m"),
            unknown),
        judged(),
        new Event.Framed(
            new Delivery(Delivery.LandingForm.REBASE, Delivery.ReadinessRule.GATE),
            List.of(
                new Invariant(
                    "whole-sums",
                    "A sum is whole.",
                    List.of("src/**"),
                    Optional.of("make sums"),
                    Optional.of("Ada")))),
        new Event.Measured(
            1,
            List.of(new Growth("mass", 10, 12.5, OptionalDouble.of(0.9), false)),
            List.of(
                new Remark(
                    "swallow-empty", "nothing is done", "a.py:3", "pass", true, Optional.empty())),
            2),
        new Event.Reviewed(
            1,
            "Ada <ada@example.org>",
            Tier.HIGH,
            List.of(new Insight(Insight.Kind.PREDICTED, "«x» gives «1», was «2»")),
            Duration.ofMinutes(4),
            33),
        new Event.TakenOver("Ada <ada@example.org>", Optional.empty()),
        new Event.Outcome(Event.Outcome.Fate.REVERTED, COMMIT, "by Ada"),
        slop(),
        new Event.Placed(List.of("gpu")),
        new Event.Left("box-1", false, "no sign of life for 40s"),
        new Event.PolicySet(Policy.DEFAULT),
        new Event.AdmissionAsked(
            THEN,
            Optional.of(
                new ReviewLoad(301, 300, 300, List.of(new ReviewLoad.Reviewer(12.5, 6, 240)))),
            Optional.of(new Breaker("team", Optional.of(THEN))),
            Optional.of(new Grant(new Money(5_000_000), THEN))),
        Event.AdmissionAsked.nothing(THEN));
  }

  /** A task whose loop has the guard against slop. */
  private static Event.Submitted slop() {
    Loop l = submitted().loop();
    return new Event.Submitted(
        "Mend it.",
        submitted().source(),
        new Loop(
            l.name(),
            l.mode(),
            l.agents(),
            l.setup(),
            List.of(),
            l.services(),
            List.of(new CheckSpec.Slop(new CheckName("slop"))),
            l.protect(),
            l.moves(),
            l.limits(),
            l.review(),
            l.sandbox(),
            l.env(),
            l.carry(),
            l.prompt()));
  }

  /** A task whose loop has a judge. */
  private static Event.Submitted judged() {
    Loop l = submitted().loop();
    return new Event.Submitted(
        "Mend it.",
        submitted().source(),
        new Loop(
            l.name(),
            l.mode(),
            l.agents(),
            l.setup(),
            List.of(),
            l.services(),
            List.of(
                new CheckSpec.Judge(
                    new CheckName("judge"),
                    new AgentSpec("model", List.of("anthropic/m")),
                    List.of("It says why."),
                    Duration.ofMinutes(5))),
            l.protect(),
            l.moves(),
            l.limits(),
            l.review(),
            l.sandbox(),
            l.env(),
            l.carry(),
            l.prompt()));
  }
}

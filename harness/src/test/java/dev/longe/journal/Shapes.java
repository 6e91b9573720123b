package dev.longe.journal;

import dev.longe.core.AgentSpec;
import dev.longe.core.Breaker;
import dev.longe.core.Candidate;
import dev.longe.core.CaseCounts;
import dev.longe.core.CheckName;
import dev.longe.core.CheckSpec;
import dev.longe.core.Command.Argv;
import dev.longe.core.Command.Shell;
import dev.longe.core.Commit;
import dev.longe.core.Delivery;
import dev.longe.core.Event;
import dev.longe.core.Growth;
import dev.longe.core.Insight;
import dev.longe.core.Invariant;
import dev.longe.core.LimitName;
import dev.longe.core.Limits;
import dev.longe.core.Loop;
import dev.longe.core.Mode;
import dev.longe.core.Money;
import dev.longe.core.Move;
import dev.longe.core.MoveStep;
import dev.longe.core.Omission;
import dev.longe.core.Opinion;
import dev.longe.core.OutsideLink;
import dev.longe.core.Reason;
import dev.longe.core.Receipt;
import dev.longe.core.Remark;
import dev.longe.core.Review;
import dev.longe.core.Sandboxing;
import dev.longe.core.ServiceSpec;
import dev.longe.core.Source;
import dev.longe.core.Tier;
import dev.longe.core.Usage;
import dev.longe.core.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Events of every written shape: every type, every record component, every variant of a value,
 * every constant, every optional component with and without a value.
 */
public final class Shapes {
  private static final Commit COMMIT = new Commit("89abcdef0123456789abcdef0123456789abcdef");
  private static final CheckName TESTS = new CheckName("tests");
  private static final Instant THEN = Instant.parse("2026-11-21T17:45:10Z");
  private static final Receipt RECEIPT =
      new Receipt(
          "2-1",
          "go test ./...",
          COMMIT,
          "tree-2",
          0,
          Duration.ofSeconds(3),
          "cd34",
          Optional.of(new CaseCounts(7, 1, 2, 1)));

  private Shapes() {}

  /** All shapes, in no order in which anything happened. */
  public static List<Event> all() {
    List<Event> all = new ArrayList<>(Lives.everyType());
    all.addAll(submissions());
    all.addAll(frames());
    for (LimitName limit : LimitName.values()) {
      all.add(new Event.WrapUpSent(2, limit, limit == LimitName.TIME));
    }
    all.addAll(work());
    for (Reason reason : Reason.values()) {
      all.add(decided(Move.ASK, reason));
    }
    for (Move move : Move.values()) {
      all.add(decided(move, Reason.FIRST));
    }
    all.addAll(words());
    return all;
  }

  private static Event.Decided decided(Move move, Reason reason) {
    return new Event.Decided(
        move, reason, "a note", Optional.empty(), Optional.empty(), Usage.NONE);
  }

  private static List<Event> submissions() {
    return List.of(
        submission(
            Mode.EXPLORE,
            Optional.of(new Argv(List.of("make", "deps"))),
            Optional.empty(),
            Review.RISK,
            Sandboxing.DEFAULT),
        submission(
            Mode.EXECUTE,
            Optional.empty(),
            Optional.of(new Money(20_000_000)),
            Review.ALWAYS,
            new Sandboxing(
                Sandboxing.Level.REQUIRED,
                new Sandboxing.Network(false, true, true),
                Optional.of(new Sandboxing.Image("docker.io/library/node:24")))));
  }

  private static Event.Submitted submission(
      Mode mode,
      Optional<dev.longe.core.Command> setup,
      Optional<Money> day,
      Review review,
      Sandboxing sandbox) {
    Limits l = Limits.DEFAULT;
    Limits limits =
        new Limits(
            l.attempts(),
            l.money(),
            l.tokens(),
            l.time(),
            l.silence(),
            l.outputBytes(),
            l.diffLines(),
            day);
    CheckSpec size =
        new CheckSpec.Metric(
            new CheckName("size"),
            new Argv(List.of("wc", "-c")),
            new CheckSpec.Goal(CheckSpec.Direction.AT_MOST, 1_024),
            0,
            Duration.ofSeconds(5),
            false);
    CheckSpec tests =
        new CheckSpec.Run(
            TESTS,
            new Shell("go test ./..."),
            Optional.empty(),
            Duration.ofMinutes(5),
            false,
            true,
            OptionalInt.of(3));
    return new Event.Submitted(
        "Look.\nThen say.",
        new Source("/repo", day.map(_ -> "main"), COMMIT),
        new Loop(
            "look",
            mode,
            List.of(new AgentSpec("codex", List.of()), new AgentSpec("acp", List.of("a", "b c"))),
            setup,
            List.of(),
            services(),
            List.of(tests, size),
            List.of(),
            List.of(new MoveStep(MoveStep.Kind.FRESH, 3), new MoveStep(MoveStep.Kind.ASK, 1)),
            limits,
            review,
            sandbox,
            List.of(),
            List.of("data"),
            "{{task}}\n"));
  }

  private static List<ServiceSpec> services() {
    return List.of(
        new ServiceSpec(
            "db",
            new Shell("postgres"),
            Optional.of(new Argv(List.of("pg_isready"))),
            Duration.ofSeconds(30),
            List.of("PGPORT"),
            true),
        new ServiceSpec(
            "app", new Shell("app"), Optional.empty(), Duration.ofMinutes(1), List.of(), false));
  }

  private static List<Event> frames() {
    List<Event> all = new ArrayList<>();
    for (Delivery.LandingForm landing : Delivery.LandingForm.values()) {
      Delivery.ReadinessRule readiness =
          landing == Delivery.LandingForm.SQUASH
              ? Delivery.ReadinessRule.WARN
              : Delivery.ReadinessRule.GATE;
      all.add(new Event.Framed(new Delivery(landing, readiness), List.of()));
    }
    all.add(
        new Event.Framed(
            Delivery.DEFAULT,
            List.of(new Invariant("one", "One.", List.of(), Optional.empty(), Optional.empty()))));
    return all;
  }

  private static List<Event> work() {
    return List.of(
        new Event.CandidateMade(
            2,
            new Candidate(
                2,
                COMMIT,
                "tree-2",
                List.of(),
                0,
                0,
                List.of("test/a"),
                List.of(new Omission("pipe", "is a named pipe")),
                List.of(new OutsideLink("data", "/etc/passwd")))),
        new Event.SessionNamed(2, "s", Optional.empty()),
        new Event.BaseChecked(new Verdict.Passed(TESTS, OptionalDouble.empty()), RECEIPT),
        new Event.Checked(
            2,
            new Verdict.Failed(
                new CheckName("size"), List.of("size"), "", "1a", OptionalDouble.of(2_000.5)),
            RECEIPT),
        new Event.Judged(
            2,
            new CheckName("judge"),
            List.of(
                new Opinion("a", Opinion.Answer.MET, ""),
                new Opinion("b", Opinion.Answer.NOT_MET, "b.go:7")),
            Optional.empty(),
            Usage.NONE),
        new Event.Measured(
            2,
            List.of(new Growth("copies", 0, 3, OptionalDouble.empty(), true)),
            List.of(new Remark("copy", "copied", "b.go:9", "x := 1", false, Optional.of("one"))),
            0),
        new Event.LandingRefused(
            "checks do not pass",
            List.of(new Event.Checked(2, new Verdict.Broken(TESTS, "no such program"), RECEIPT))),
        new Event.Left("box-2", true, "it takes no more work"),
        Event.AdmissionAsked.nothing(THEN).with(new Breaker("codex", Optional.empty())),
        new Event.Deferred(Reason.RATE_LIMITED, THEN, "the quota of codex is used up"));
  }

  private static List<Event> words() {
    List<Event> all = new ArrayList<>();
    Optional<Commit> saw = Optional.of(COMMIT);
    for (Tier tier : Tier.values()) {
      for (Insight.Kind kind : Insight.Kind.values()) {
        all.add(
            new Event.Reviewed(
                2,
                "Ada <ada@example.org>",
                tier,
                List.of(new Insight(kind, "it is right")),
                Duration.ofSeconds(90),
                12));
      }
    }
    all.add(new Event.Steered("right", false));
    all.add(new Event.Answered("no", saw));
    all.add(new Event.Rejected("too long", saw));
    all.add(new Event.Discarded(saw));
    all.add(new Event.TakenOver("Ada <ada@example.org>", saw));
    all.add(
        new Event.Accepted(
            "Ada <ada@example.org>",
            false,
            saw,
            Optional.of(
                new Event.Reviewed(
                    2,
                    "Ada <ada@example.org>",
                    Tier.LOW,
                    List.of(new Insight(Insight.Kind.REVIEWED, "")),
                    Duration.ofSeconds(90),
                    12))));
    all.add(
        new Event.Resumed(
            new Limits.Raise(
                Optional.empty(),
                Optional.empty(),
                Optional.of(9_000_000L),
                Optional.empty(),
                Optional.of(2_000))));
    for (Event.Outcome.Fate fate : Event.Outcome.Fate.values()) {
      all.add(new Event.Outcome(fate, COMMIT, "in 0123456789"));
    }
    return all;
  }
}

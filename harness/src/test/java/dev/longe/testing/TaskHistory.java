package dev.longe.testing;

import dev.longe.core.AgentSpec;
import dev.longe.core.Candidate;
import dev.longe.core.Capabilities;
import dev.longe.core.CheckName;
import dev.longe.core.CheckSpec;
import dev.longe.core.Command;
import dev.longe.core.Commit;
import dev.longe.core.Event;
import dev.longe.core.Insight;
import dev.longe.core.Invariant;
import dev.longe.core.Limits;
import dev.longe.core.Loop;
import dev.longe.core.Mode;
import dev.longe.core.Money;
import dev.longe.core.Move;
import dev.longe.core.Reason;
import dev.longe.core.Receipt;
import dev.longe.core.Remark;
import dev.longe.core.Review;
import dev.longe.core.Sandboxing;
import dev.longe.core.Source;
import dev.longe.core.Stop;
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.core.Tier;
import dev.longe.core.Usage;
import dev.longe.core.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * The events of one task, written one after the other and folded. No decider runs here: a test
 * names each decision.
 */
public final class TaskHistory {
  public static final TaskId ID = new TaskId("abcde");
  public static final Commit BASE = new Commit("a".repeat(40));
  public static final CheckName TESTS = new CheckName("tests");
  public static final String REVIEWER = "Ann <ann@example.org>";

  private static final Capabilities CAN = new Capabilities(true, true, true);

  private final List<Event> events = new ArrayList<>();
  private TaskState state;

  private TaskHistory(TaskId id, Event.Submitted submitted) {
    events.add(submitted);
    state = TaskState.of(id, events);
  }

  /** A task in a repository that is never opened. */
  public static TaskHistory of(Loop loop) {
    return at(ID, loop, new Source("/repo", Optional.of("main"), BASE), "Mend it.");
  }

  public static TaskHistory at(TaskId id, Loop loop, Source source, String text) {
    return new TaskHistory(id, new Event.Submitted(text, source, loop));
  }

  /** A loop in execute mode with two agents, the default moves and these checks. */
  public static Loop loop(CheckSpec... checks) {
    return new Loop(
        "fix",
        Mode.EXECUTE,
        List.of(new AgentSpec("claude", List.of()), new AgentSpec("codex", List.of("gpt-5"))),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(checks),
        List.of("test/**"),
        Loop.DEFAULT_MOVES,
        Limits.DEFAULT,
        Review.ALWAYS,
        Sandboxing.NONE,
        List.of(),
        List.of(),
        "{{task}}");
  }

  /** A loop that explores, with one check. */
  public static Loop exploring() {
    Loop l = loop(tests());
    return new Loop(
        l.name(),
        Mode.EXPLORE,
        l.agents(),
        l.setup(),
        List.of(),
        l.services(),
        l.checks(),
        l.protect(),
        l.moves(),
        l.limits(),
        l.review(),
        l.sandbox(),
        l.env(),
        l.carry(),
        l.prompt());
  }

  public static CheckSpec.Run tests() {
    return run(TESTS, "make test", false);
  }

  /** A check that must fail on the base. */
  public static CheckSpec.Run redTests() {
    return run(TESTS, "make test", true);
  }

  public static CheckSpec.Run run(CheckName name, String line, boolean red) {
    return new CheckSpec.Run(
        name,
        new Command.Shell(line),
        Optional.empty(),
        Duration.ofMinutes(1),
        red,
        false,
        OptionalInt.empty());
  }

  public static Verdict passed(CheckName check) {
    return new Verdict.Passed(check, OptionalDouble.empty());
  }

  public static Verdict failed(CheckName check, String... cases) {
    return new Verdict.Failed(
        check, List.of(cases), "boom", String.join(",", cases), OptionalDouble.empty());
  }

  public static Receipt receipt(String id) {
    return new Receipt(
        id,
        "make test",
        new Commit("b".repeat(40)),
        "tree-1",
        0,
        Duration.ofSeconds(2),
        "0",
        Optional.empty());
  }

  public static Remark remark(String rule, String place, boolean fails) {
    return new Remark(rule, "hides an error", place, "catch (E e) {}", fails, Optional.empty());
  }

  public static Candidate candidate(int number, List<String> files, List<String> touched) {
    return new Candidate(
        number,
        new Commit("%040x".formatted(number)),
        "tree-" + number,
        files,
        10 * number,
        number,
        touched,
        List.of(),
        List.of());
  }

  public static Event.Reviewed reviewed(int attempt, Insight.Kind... kinds) {
    List<Insight> insights = new ArrayList<>();
    for (Insight.Kind kind : kinds) {
      insights.add(new Insight(kind, kind.word()));
    }
    return new Event.Reviewed(attempt, REVIEWER, Tier.MEDIUM, insights, Duration.ofMinutes(3), 30);
  }

  public static Event.Decided decision(Move move, Reason reason, String evidence) {
    return new Event.Decided(
        move, reason, evidence, Optional.empty(), Optional.empty(), Usage.NONE);
  }

  public List<Event> events() {
    return List.copyOf(events);
  }

  public TaskState state() {
    return state;
  }

  public TaskHistory happens(Event... more) {
    for (Event event : more) {
      state = state.after(event);
      events.add(event);
    }
    return this;
  }

  /** What the repository says always holds. */
  public TaskHistory bears(Invariant... invariants) {
    return happens(new Event.Framed(state.frame().delivery(), List.of(invariants)));
  }

  /** Claimed, and its workspace made. */
  public TaskHistory prepared() {
    return happens(new Event.Claimed(1, "here"), new Event.Prepared("tree-base"));
  }

  /** An attempt that runs. */
  public TaskHistory started(Move move) {
    int attempt = state.attempts().size() + 1;
    int session = move == Move.CONTINUE ? state.last().orElseThrow().session() : attempt;
    Reason reason = attempt == 1 ? Reason.FIRST : Reason.CHECKS_FAILED;
    happens(decision(move, reason, ""));
    return happens(
        new Event.AttemptStarted(attempt, session, state.agentIndex(), CAN, 1, Money.ZERO));
  }

  public TaskHistory stopped(Stop stop, Usage usage) {
    return happens(
        new Event.AttemptEnded(state.attempts().size(), stop, usage, Duration.ofMinutes(2)));
  }

  public TaskHistory candidate(Candidate candidate) {
    return happens(new Event.CandidateMade(state.attempts().size(), candidate));
  }

  public TaskHistory checked(Verdict... verdicts) {
    for (Verdict verdict : verdicts) {
      int attempt = state.attempts().size();
      String id = attempt + "-" + (state.last().orElseThrow().checked().size() + 1);
      happens(new Event.Checked(attempt, verdict, receipt(id)));
    }
    return this;
  }

  public TaskHistory measured(Remark... remarks) {
    return happens(new Event.Measured(state.attempts().size(), List.of(), List.of(remarks), 0));
  }

  /** An attempt that ended by itself, with a candidate of these files and what the checks said. */
  public TaskHistory attempt(Move move, List<String> files, Verdict... verdicts) {
    started(move).stopped(new Stop.Ended(), Usage.NONE);
    return candidate(candidate(state.attempts().size(), files, List.of())).checked(verdicts);
  }

  /** A human's yes to the newest candidate. */
  public TaskHistory accepted() {
    return happens(new Event.Accepted(REVIEWER, false, seen(), Optional.empty()));
  }

  /** A human's no to the newest candidate. */
  public TaskHistory rejected(String because) {
    return happens(new Event.Rejected(because, seen()));
  }

  private Optional<Commit> seen() {
    return state.candidate().map(Candidate::commit);
  }

  public TaskHistory decided(Move move, Reason reason) {
    return happens(decision(move, reason, ""));
  }

  public TaskHistory proposed() {
    return decided(Move.PROPOSE, Reason.CHECKS_PASSED);
  }
}

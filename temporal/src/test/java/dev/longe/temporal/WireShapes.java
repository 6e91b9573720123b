package dev.longe.temporal;

import dev.longe.check.CheckResult;
import dev.longe.core.AgentSpec;
import dev.longe.core.Candidate;
import dev.longe.core.Capabilities;
import dev.longe.core.CheckSpec;
import dev.longe.core.Commit;
import dev.longe.core.Event;
import dev.longe.core.Money;
import dev.longe.core.Move;
import dev.longe.core.Reason;
import dev.longe.core.ReviewLoad;
import dev.longe.core.TaskId;
import dev.longe.core.policy.Decision;
import dev.longe.engine.Capacity;
import dev.longe.engine.Settings;
import dev.longe.journal.Shapes;
import dev.longe.journal.TimedEvent;
import dev.longe.tasks.RemoteEngine;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Messages of every shape that goes between clients, workflows and machines, under names that a
 * golden file keeps when a class is renamed.
 */
final class WireShapes {
  private static final TaskId TASK = new TaskId("abcde");
  private static final Instant THEN = Instant.parse("2026-11-21T17:45:10Z");
  private static final Capabilities CAN = new Capabilities(true, false, true);
  private static final Optional<Messages.Shipped> SHIPPED =
      Optional.of(new Messages.Shipped("session", 2));

  private WireShapes() {}

  /** The type of each message. */
  static Map<String, Type> types() {
    Map<String, Type> types = new LinkedHashMap<>();
    types.put("carried", Messages.Carried.class);
    types.put("job", Messages.Job.class);
    types.put("saved", Messages.Saved.class);
    types.put("shown", Messages.AttemptEvents.class);
    types.put("words", TaskWorkflow.Words.class);
    types.put("look", RemoteEngine.Look.class);
    types.put("row", TaskMemo.Summary.class);
    types.put("accepted", Event.Accepted.class);
    types.put("landing", Event.class);
    types.put("check", CheckSpec.class);
    types.put("finding", CheckResult.class);
    types.put("start", Decision.Start.class);
    types.put("ask", CoordinatorRequest.class);
    types.put("answer", CoordinatorRequest.Answer.class);
    types.put("pool", Coordinator.State.class);
    return types;
  }

  /** Messages by the name of their type. */
  static Map<String, List<?>> all() {
    Map<String, List<?>> all = new LinkedHashMap<>();
    List<TimedEvent> told = Shapes.all().stream().map(e -> new TimedEvent(THEN, e)).toList();
    List<TimedEvent> two = told.subList(0, 2);
    all.put(
        "carried",
        List.of(
            new Messages.Carried(TASK, two, 3, Optional.of("box-1"), Optional.of("box-2"), SHIPPED),
            new Messages.Carried(
                TASK, two, 0, Optional.empty(), Optional.empty(), Optional.empty())));
    all.put(
        "job",
        List.of(
            new Messages.Job(TASK, 2, two, SHIPPED),
            new Messages.Job(TASK, 1, two, Optional.empty())));
    Candidate candidate =
        new Candidate(2, new Commit("0".repeat(40)), "tree", List.of("a"), 2, 1, List.of("test/a"));
    all.put(
        "saved",
        List.of(
            new Messages.Saved(candidate, SHIPPED),
            new Messages.Saved(candidate, Optional.empty())));
    all.put("shown", Shapes.all().stream().map(WireShapes::shown).toList());
    all.put("words", words());
    all.put("look", List.of(new RemoteEngine.Look(two, "no worker is free")));
    all.put(
        "row",
        List.of(
            new TaskMemo.Summary(
                "queued", Optional.empty(), "", 0, Money.ZERO, false, "Mend it.", 1),
            new TaskMemo.Summary(
                "asking",
                Optional.of("no-change"),
                "no worker has a label",
                2,
                new Money(70),
                true,
                "Mend it.",
                30)));
    all.put("accepted", of(Event.Accepted.class));
    all.put("landing", Stream.concat(landed(), of(Event.LandingRefused.class).stream()).toList());
    all.put(
        "check",
        of(Event.Submitted.class).stream().flatMap(s -> s.loop().checks().stream()).toList());
    all.put("finding", findings());
    all.put("start", starts());
    all.put("ask", asks());
    all.put("answer", answers());
    all.put("pool", List.of(Coordinator.State.fresh(), coordinator()));
    return all;
  }

  private static Messages.AttemptEvents shown(Event event) {
    return new Messages.AttemptEvents(List.of(event), THEN, event instanceof Event.SessionNamed);
  }

  private static Stream<Event> landed() {
    return of(Event.Landed.class).stream().map(e -> e);
  }

  private static <T extends Event> List<T> of(Class<T> type) {
    return Shapes.all().stream().filter(type::isInstance).map(type::cast).toList();
  }

  private static List<TaskWorkflow.Words> words() {
    List<Event.Word> both = new ArrayList<>(of(Event.Reviewed.class).subList(0, 1));
    both.addAll(of(Event.Accepted.class).subList(0, 1));
    return List.of(
        new TaskWorkflow.Words(both), new TaskWorkflow.Words(List.of(new Event.StopAsked())));
  }

  private static List<CheckResult> findings() {
    Event.Checked checked = of(Event.Checked.class).getFirst();
    Event.Judged judged = of(Event.Judged.class).getFirst();
    Event.Measured measured = of(Event.Measured.class).getFirst();
    return List.of(
        new CheckResult(checked.verdict(), checked.receipt()),
        new CheckResult(
            checked.verdict(),
            checked.receipt(),
            Optional.of(
                new CheckResult.Opinions(judged.opinions(), judged.model(), judged.usage())),
            Optional.of(
                new CheckResult.Measures(measured.growth(), measured.remarks(), measured.more()))),
        new CheckResult(
            checked.verdict(),
            checked.receipt(),
            Optional.of(
                new CheckResult.Opinions(judged.opinions(), Optional.empty(), judged.usage())),
            Optional.empty()));
  }

  private static List<Decision.Start> starts() {
    AgentSpec agent = new AgentSpec("claude", List.of("opus"));
    return List.of(
        new Decision.Start(1, 1, 0, agent, Move.FRESH, Reason.FIRST, Optional.empty()),
        new Decision.Start(2, 1, 0, agent, Move.CONTINUE, Reason.CHECKS_FAILED, Optional.of("s")));
  }

  private static CoordinatorRequest.Machine machine() {
    return new CoordinatorRequest.Machine(
        "box-1",
        "box-1/1/2",
        3,
        List.of("gpu"),
        Map.of("claude", new CoordinatorRequest.AgentThere("team", CAN)),
        Duration.ofSeconds(10));
  }

  private static CoordinatorRequest.Acquire acquire() {
    return new CoordinatorRequest.Acquire(
        TASK, List.of("gpu"), Optional.of("claude"), Optional.of("box-1"), List.of("box-2"));
  }

  private static Capacity.Given given() {
    return new Capacity.Given(THEN, of(Event.Reviewed.class).getFirst());
  }

  private static List<CoordinatorRequest> asks() {
    return List.of(
        new CoordinatorRequest.Register(machine()),
        new CoordinatorRequest.Leave("box-1", "box-1/1/2"),
        new CoordinatorRequest.Away("box-1"),
        acquire(),
        new CoordinatorRequest.Acquire(
            TASK, List.of(), Optional.empty(), Optional.empty(), List.of()),
        new CoordinatorRequest.Release(TASK, 12, List.of(given())),
        new CoordinatorRequest.Reserve(TASK, new Money(5), "fix", Optional.of(new Money(9))),
        new CoordinatorRequest.Reserve(TASK, new Money(5), "fix", Optional.empty()),
        new CoordinatorRequest.Settle(TASK, new Money(4)),
        new CoordinatorRequest.Trip("team", THEN),
        new CoordinatorRequest.Tripped("team"),
        new CoordinatorRequest.Full(),
        new CoordinatorRequest.Row(TASK, "/repo main"),
        new CoordinatorRequest.Team(
            new RemoteEngine.Terms(Optional.of(new Money(7)), Optional.of(60), Optional.of("UTC"))),
        new CoordinatorRequest.Team(
            new RemoteEngine.Terms(Optional.empty(), Optional.empty(), Optional.empty())));
  }

  private static List<CoordinatorRequest.Answer> answers() {
    return List.of(
        new CoordinatorRequest.Answer.Done(),
        new CoordinatorRequest.Answer.Refused("another worker is called box-1"),
        new CoordinatorRequest.Answer.Granted(machine()),
        new CoordinatorRequest.Answer.Waits("every worker is busy"),
        new CoordinatorRequest.Answer.Reserved(new Money(5), THEN),
        new CoordinatorRequest.Answer.Until(Optional.of(THEN)),
        new CoordinatorRequest.Answer.Until(Optional.empty()),
        new CoordinatorRequest.Answer.Turn(true),
        new CoordinatorRequest.Answer.Reviewers(
            new ReviewLoad(301, 300, 300, List.of(new ReviewLoad.Reviewer(12.5, 6, 240)))),
        new CoordinatorRequest.Answer.Lines(List.of("day $1 of $2 spent")));
  }

  private static Coordinator.State coordinator() {
    return new Coordinator.State(
        new Money(20_000_000),
        Settings.Reviewing.DEFAULT,
        "Europe/Paris",
        Map.of("box-1", new Coordinator.Seen(machine(), THEN, true)),
        Map.of("abcde", "box-1"),
        Map.of("fghjk", acquire()),
        Map.of("day:2026-11-21", new Money(3)),
        Map.of("abcde", new Coordinator.Reservation(List.of("day:2026-11-21"), new Money(2))),
        Map.of("team", THEN),
        Map.of("abcde", 40),
        List.of(given()),
        Map.of("/repo main", List.of("abcde")));
  }
}

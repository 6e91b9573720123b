package dev.longe.temporal;

import dev.longe.check.Finding;
import dev.longe.core.AgentSpec;
import dev.longe.core.Candidate;
import dev.longe.core.Capabilities;
import dev.longe.core.CheckSpec;
import dev.longe.core.Commit;
import dev.longe.core.Decision;
import dev.longe.core.Event;
import dev.longe.core.Money;
import dev.longe.core.Move;
import dev.longe.core.Reason;
import dev.longe.core.TaskId;
import dev.longe.journal.Shapes;
import dev.longe.journal.Told;
import dev.longe.runner.Capacity;
import dev.longe.runner.RemoteEngine;
import dev.longe.runner.Settings;
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
    types.put("shown", Messages.Shown.class);
    types.put("words", TaskWorkflow.Words.class);
    types.put("look", RemoteEngine.Look.class);
    types.put("row", Rows.Shown.class);
    types.put("accepted", Event.Accepted.class);
    types.put("landing", Event.class);
    types.put("check", CheckSpec.class);
    types.put("finding", Finding.class);
    types.put("start", Decision.Start.class);
    types.put("ask", Ask.class);
    types.put("answer", Ask.Answer.class);
    types.put("pool", Pool.State.class);
    return types;
  }

  /** Messages by the name of their type. */
  static Map<String, List<?>> all() {
    Map<String, List<?>> all = new LinkedHashMap<>();
    List<Told> told = Shapes.all().stream().map(e -> new Told(THEN, e)).toList();
    List<Told> two = told.subList(0, 2);
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
            new Rows.Shown("queued", Optional.empty(), "", 0, Money.ZERO, false, "Mend it.", 1),
            new Rows.Shown(
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
    all.put("pool", List.of(Pool.State.fresh(), pool()));
    return all;
  }

  private static Messages.Shown shown(Event event) {
    return new Messages.Shown(List.of(event), THEN, event instanceof Event.SessionNamed);
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

  private static List<Finding> findings() {
    Event.Checked checked = of(Event.Checked.class).getFirst();
    Event.Judged judged = of(Event.Judged.class).getFirst();
    Event.Measured measured = of(Event.Measured.class).getFirst();
    return List.of(
        new Finding(checked.verdict(), checked.receipt()),
        new Finding(
            checked.verdict(),
            checked.receipt(),
            Optional.of(new Finding.Opinions(judged.opinions(), judged.model(), judged.usage())),
            Optional.of(
                new Finding.Measures(measured.growth(), measured.remarks(), measured.more()))),
        new Finding(
            checked.verdict(),
            checked.receipt(),
            Optional.of(new Finding.Opinions(judged.opinions(), Optional.empty(), judged.usage())),
            Optional.empty()));
  }

  private static List<Decision.Start> starts() {
    AgentSpec agent = new AgentSpec("claude", List.of("opus"));
    return List.of(
        new Decision.Start(1, 1, 0, agent, Move.FRESH, Reason.FIRST, Optional.empty()),
        new Decision.Start(2, 1, 0, agent, Move.CONTINUE, Reason.CHECKS_FAILED, Optional.of("s")));
  }

  private static Ask.Machine machine() {
    return new Ask.Machine(
        "box-1",
        "box-1/1/2",
        3,
        List.of("gpu"),
        Map.of("claude", new Ask.AgentThere("team", CAN)),
        Duration.ofSeconds(10));
  }

  private static Ask.Acquire acquire() {
    return new Ask.Acquire(
        TASK, List.of("gpu"), Optional.of("claude"), Optional.of("box-1"), List.of("box-2"));
  }

  private static Capacity.Given given() {
    return new Capacity.Given(THEN, of(Event.Reviewed.class).getFirst());
  }

  private static List<Ask> asks() {
    return List.of(
        new Ask.Register(machine()),
        new Ask.Leave("box-1", "box-1/1/2"),
        new Ask.Away("box-1"),
        acquire(),
        new Ask.Acquire(TASK, List.of(), Optional.empty(), Optional.empty(), List.of()),
        new Ask.Release(TASK, 12, List.of(given())),
        new Ask.Reserve(TASK, new Money(5), "fix", Optional.of(new Money(9))),
        new Ask.Reserve(TASK, new Money(5), "fix", Optional.empty()),
        new Ask.Settle(TASK, new Money(4)),
        new Ask.Trip("team", THEN),
        new Ask.Tripped("team"),
        new Ask.Full(),
        new Ask.Row(TASK, "/repo main"),
        new Ask.Team(
            new RemoteEngine.Terms(Optional.of(new Money(7)), Optional.of(60), Optional.of("UTC"))),
        new Ask.Team(new RemoteEngine.Terms(Optional.empty(), Optional.empty(), Optional.empty())));
  }

  private static List<Ask.Answer> answers() {
    return List.of(
        new Ask.Answer.Done(),
        new Ask.Answer.Refused("another worker is called box-1"),
        new Ask.Answer.Granted(machine()),
        new Ask.Answer.Waits("every worker is busy"),
        new Ask.Answer.Reserved(new Money(5), THEN),
        new Ask.Answer.Until(Optional.of(THEN)),
        new Ask.Answer.Until(Optional.empty()),
        new Ask.Answer.Turn(true),
        new Ask.Answer.Lines(List.of("day $1 of $2 spent")));
  }

  private static Pool.State pool() {
    return new Pool.State(
        new Money(20_000_000),
        Settings.Reviewing.DEFAULT,
        "Europe/Paris",
        Map.of("box-1", new Pool.Seen(machine(), THEN, true)),
        Map.of("abcde", "box-1"),
        Map.of("fghjk", acquire()),
        Map.of("day:2026-11-21", new Money(3)),
        Map.of("abcde", new Pool.Reservation(List.of("day:2026-11-21"), new Money(2))),
        Map.of("team", THEN),
        Map.of("abcde", 40),
        List.of(given()),
        Map.of("/repo main", List.of("abcde")));
  }
}

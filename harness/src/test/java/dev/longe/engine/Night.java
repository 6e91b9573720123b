package dev.longe.engine;

import dev.longe.core.AgentSpec;
import dev.longe.core.Candidate;
import dev.longe.core.CheckName;
import dev.longe.core.CheckSpec;
import dev.longe.core.Command;
import dev.longe.core.Commit;
import dev.longe.core.Event;
import dev.longe.core.HumanWord;
import dev.longe.core.Limits;
import dev.longe.core.Loop;
import dev.longe.core.Mode;
import dev.longe.core.Money;
import dev.longe.core.Policy;
import dev.longe.core.Review;
import dev.longe.core.Sandboxing;
import dev.longe.core.Source;
import dev.longe.core.State;
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.core.Tier;
import dev.longe.cost.PriceTable;
import dev.longe.intake.AgentsFile;
import dev.longe.journal.Journal;
import dev.longe.journal.Lease;
import dev.longe.journal.Slots;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * One run of the simulation: some tasks, two processes of the harness that share a journal and die
 * now and then, humans who speak, and others who push.
 */
final class Night {
  static final Money DAY = new Money(5_000_000);
  static final Slots SLOTS = new Slots(3, Map.of("claude", 2));
  private static final SimRecords.SimSlots TOLD_SLOTS =
      new SimRecords.SimSlots(3, Map.of("claude", 2));
  private static final int TASKS = 4;
  private static final int PROCESSES = 2;

  /** Steps in which anything may happen, and most that it may take to come to rest after them. */
  private static final int STEPS = 500;

  private static final int QUIET_STEPS_MAX = 1_000;

  /** More loops than that are only under way if leases mean nothing. */
  private static final int LOOPS_MAX = 10;

  /** Hours after which nothing waits for anything but a human; each day has money of its own. */
  private static final int HOURS = 96;

  final SimRecords records = new SimRecords();
  final SimWorld world;
  final Journal journal;
  final List<TaskId> tasks = new ArrayList<>();
  private final Random random;
  private final Sabotage sabotage;
  private final Strands strands;
  private final List<Strands.HarnessProcess> processes = new ArrayList<>();
  private final List<Strands.HarnessProcess> terminals = new ArrayList<>();
  private final Settings settings;
  private int said;

  Night(long seed, Path directory, Sabotage sabotage) {
    this.random = new Random(seed);
    this.sabotage = sabotage;
    this.strands = new Strands(random);
    this.world = new SimWorld(random, strands, records, sabotage);
    this.journal = Journal.open(directory, this::alive, () -> {});
    this.settings =
        new Settings(
            "sim",
            SLOTS,
            DAY,
            Settings.Reviewing.DEFAULT,
            ZoneOffset.UTC,
            AgentsFile.NONE,
            PriceTable.shipped());
  }

  boolean alive(String owner) {
    boolean blind = sabotage == Sabotage.SWEEPS_LIVING && said % 5 == 0;
    return !blind
        && Stream.concat(processes.stream(), terminals.stream())
            .anyMatch(p -> p.alive() && p.name().equals(owner));
  }

  private static Loop loop() {
    CheckSpec red =
        new CheckSpec.Run(
            new CheckName("tests"),
            new Command.Shell("x"),
            Optional.empty(),
            Duration.ofMinutes(1),
            true,
            false,
            OptionalInt.empty());
    CheckSpec judge =
        new CheckSpec.Judge(
            new CheckName("taste"),
            new AgentSpec("model", List.of()),
            List.of("good"),
            Duration.ofMinutes(1));
    return new Loop(
        "sim",
        Mode.EXECUTE,
        List.of(new AgentSpec("claude", List.of()), new AgentSpec("script", List.of("s"))),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(red, judge),
        List.of("test/**"),
        Loop.DEFAULT_MOVES,
        Limits.DEFAULT,
        Review.ALWAYS,
        Sandboxing.NONE,
        List.of(),
        List.of(),
        "{{task}}");
  }

  /** Plays it to its end; what was broken, and how. */
  Map<Fact, String> play(Set<State> reached) {
    try (journal) {
      for (int i = 0; i < TASKS; i++) {
        TaskId id = new TaskId("aaaa" + (char) ('a' + i));
        Source source = new Source("/repo", Optional.of("main"), world.git.base());
        tasks.add(
            journal
                .submit(
                    new Event.Submitted("task " + i, source, loop()),
                    () -> id,
                    world.instant(),
                    new Event.PolicySet(Policy.DEFAULT))
                .id());
      }
      for (int i = 0; i < PROCESSES; i++) {
        processes.add(strands.launch());
      }
      for (int step = 0; step < STEPS; step++) {
        anything();
      }
      comeToRest();
      new Morning(this, reached).look();
    }
    return records.broken();
  }

  private void anything() {
    switch (random.nextInt(20)) {
      case 0, 1 -> speak(tasks.get(random.nextInt(TASKS)));
      case 2 -> world.pass(Duration.ofMinutes(random.nextInt(40)));
      case 3 -> world.push();
      case 4, 5, 6 -> relaunch();
      case 7, 8, 9 -> take();
      default -> goOn();
    }
  }

  private void comeToRest() {
    strands.deadly = false;
    world.faulty = false;
    int steps = 0;
    for (int hour = 0; hour < HOURS; hour++) {
      relaunch();
      take();
      while (strands.busy() > 0 && steps < QUIET_STEPS_MAX) {
        goOn();
        take();
        steps++;
      }
      world.pass(Duration.ofHours(1));
    }
    if (strands.busy() > 0) {
      records.broken(Fact.COMES_TO_REST, "it goes on and on");
      processes.forEach(Strands.HarnessProcess::kill);
      while (strands.busy() > 0) {
        goOn();
      }
    }
  }

  private void relaunch() {
    for (int i = 0; i < processes.size(); i++) {
      if (!processes.get(i).alive()) {
        processes.set(i, strands.launch());
      }
    }
  }

  private void goOn() {
    if (strands.busy() > 0) {
      strands
          .step()
          .ifPresent(f -> records.broken(Fact.NO_FAULT, f + " at " + f.getStackTrace()[0]));
    }
  }

  /** A process looks for work. */
  private void take() {
    Strands.HarnessProcess process = processes.get(random.nextInt(PROCESSES));
    if (!process.alive() || strands.busy() >= LOOPS_MAX) {
      return;
    }
    List<TaskId> ready = new ArrayList<>(journal.ready(world.instant(), TASKS, Slots.ANY));
    if (sabotage == Sabotage.SWEEPS_LIVING) {
      ready = new ArrayList<>(tasks);
    }
    Collections.shuffle(ready, random);
    Slots slots = sabotage == Sabotage.IGNORES_SLOTS ? new Slots(99, Map.of()) : SLOTS;
    for (TaskId task : ready) {
      journal
          .lease(task, process.name(), slots)
          .ifPresent(l -> {
            String account = journal.state(task).agent().driver();
            records.leased(task, account, process, TOLD_SLOTS);
            begin(process, l, TaskLoop::run);
          });
    }
  }

  private void begin(Strands.HarnessProcess process, Lease lease, Consumer<TaskLoop> work) {
    strands.begin(
        process,
        () -> {
          TaskStore store =
              new SimTaskStore(
                  new JournalTaskStore(journal, settings, lease), world, strands, sabotage);
          if (sabotage != Sabotage.DOES_NOTHING) {
            work.accept(new TaskLoop(store, world, world));
          }
          strands.boundary();
          records.released(lease.task());
          journal.release(lease);
        });
  }

  private void speak(TaskId task) {
    said++;
    TaskState state = journal.state(task);
    Optional<Commit> saw = seen(state);
    Event.Word word = word(state, saw);
    boolean late = random.nextInt(4) == 0 || !saw.equals(state.candidateCommit());
    if (late || HumanWord.refusal(state, word).isEmpty()) {
      long id = journal.inbox().post(task, word, world.instant());
      records.words.add(new SimRecords.Said(id, task, word));
      if (random.nextBoolean()) {
        hear(task);
      }
    }
  }

  /** The human's own process takes the word, if nobody works on the task. */
  private void hear(TaskId task) {
    Strands.HarnessProcess process = strands.launch();
    terminals.add(process);
    journal
        .lease(task, process.name(), Slots.ANY)
        .ifPresent(l -> {
          records.heard(task, process);
          begin(process, l, TaskLoop::hear);
        });
  }

  /** What the human looked at: the newest candidate, or by then an older one. */
  private Optional<Commit> seen(TaskState state) {
    List<Commit> all =
        state.attempts().stream()
            .flatMap(a -> a.candidate().stream())
            .map(Candidate::commit)
            .toList();
    return all.isEmpty() || random.nextInt(4) > 0
        ? state.candidateCommit()
        : Optional.of(all.get(random.nextInt(all.size())));
  }

  private static Event.Reviewed reviewed(TaskState state) {
    return new Event.Reviewed(
        Math.max(1, state.attempts().size()), "you", Tier.LOW, List.of(), Duration.ofMinutes(1), 3);
  }

  /** Proposals are often accepted, and an acceptance is sometimes regretted. */
  private Event.Word word(TaskState state, Optional<Commit> saw) {
    Event.Word accepted =
        new Event.Accepted("you " + said, false, saw, Optional.of(reviewed(state)));
    Event.Word rejected = new Event.Rejected("no " + said, saw);
    if (state.accepted().isPresent()) {
      return random.nextBoolean() ? new Event.Discarded(saw) : rejected;
    }
    if (state.state() == State.PROPOSED && random.nextBoolean()) {
      return accepted;
    }
    List<Event.Word> words =
        List.of(
            new Event.Answered("go on " + said, saw),
            new Event.Answered("yes " + said, saw),
            rejected,
            new Event.Resumed(Limits.Raise.NOTHING),
            new Event.Resumed(Limits.Raise.NOTHING),
            new Event.PauseAsked(),
            new Event.StopAsked(),
            new Event.Steered("left " + said, false),
            accepted,
            random.nextInt(4) == 0 ? new Event.Discarded(saw) : rejected);
    return words.get(random.nextInt(words.size()));
  }
}

package dev.longe.engine;

import dev.longe.core.Cost;
import dev.longe.core.Event;
import dev.longe.core.Limits;
import dev.longe.core.Reason;
import dev.longe.core.State;
import dev.longe.core.Stop;
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.core.Usage;
import dev.longe.core.policy.Decider;
import dev.longe.core.policy.Decision;
import dev.longe.journal.Inbox;
import dev.longe.journal.JournalEntry;
import dev.longe.report.Replay;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Compares what the journal of a night says with what really happened. */
final class Morning {
  private static final long STEP = SimWorld.STEP_MICROS_MAX;

  private final Night night;
  private final SimRecords records;
  private final Set<State> reached;

  /** What must be booked of each day. */
  private final Map<String, Long> booked = new HashMap<>();

  /** Attempts whose end died with their process. */
  private final Set<SimRecords.Attempt> unheard = new HashSet<>();

  /** Judges whose cost is in the journal. */
  private final Set<SimRecords.Judging> heard = new HashSet<>();

  Morning(Night night, Set<State> reached) {
    this.night = night;
    this.records = night.records;
    this.reached = reached;
  }

  void look() {
    night.tasks.forEach(this::task);
    days();
    target();
  }

  private void task(TaskId task) {
    List<JournalEntry> entries = night.journal.entries(task);
    TaskState state = replay(task, entries);
    records.must(
        state.equals(night.journal.state(task)), Fact.REPLAYS, "the fold of " + task + " differs");
    records.must(
        state.running().isEmpty()
            && (state.state().rests() || state.reason().filter(Reason.PAUSED::equals).isPresent())
            && night.journal.inbox().open(task).isEmpty()
            && night.journal.owner(task).filter(night::alive).isEmpty(),
        Fact.COMES_TO_REST,
        task + " is " + state.state() + ", " + state.reason());
    List<SimRecords.Attempt> attempts =
        records.attempts.stream().filter(a -> a.task.equals(task)).toList();
    ends(task, entries, attempts);
    costs(task, entries, state, attempts);
    limits(task, attempts);
    words(task, entries);
    int landings = night.world.git.landings(SimGit.MAIN, task).size();
    records.must(
        landings == (state.state() == State.LANDED ? 1 : 0),
        Fact.LANDED_ONCE,
        task + " is " + state.state() + " and landed " + landings + " times");
  }

  private TaskState replay(TaskId task, List<JournalEntry> entries) {
    TaskState state = TaskState.of(task, List.of(entries.getFirst().event()));
    for (JournalEntry entry : entries.subList(1, entries.size())) {
      if (entry.event() instanceof Event.Decided decided) {
        records.must(
            Decider.decide(state, state.policy()).equals(new Decision.Take(decided)),
            Fact.REPLAYS,
            task + " decided otherwise at event " + entry.n());
      }
      state = state.after(entry.event());
      reached.add(state.state());
    }
    records.must(
        Replay.of(entries).lines().stream().noneMatch(l -> l.contains("DIFFERS")),
        Fact.REPLAYS,
        "«longe replay» takes " + task + " otherwise");
    return state;
  }

  /** Attempts that never began in the world end as lost, or by a fault of starting them. */
  private void ends(TaskId task, List<JournalEntry> entries, List<SimRecords.Attempt> attempts) {
    Map<Integer, Stop> told = new HashMap<>();
    Map<Integer, Integer> started = new HashMap<>();
    for (JournalEntry entry : entries) {
      if (entry.event() instanceof Event.AttemptStarted e) {
        started.merge(e.attempt(), 1, Integer::sum);
      } else if (entry.event() instanceof Event.AttemptEnded e) {
        boolean twice = told.put(e.attempt(), e.stop()) != null;
        records.must(!twice, Fact.ENDS_TOLD, task + " ended twice");
      }
    }
    records.must(
        started.values().stream().allMatch(n -> n == 1) && started.keySet().equals(told.keySet()),
        Fact.ENDS_TOLD,
        task + " has attempts without an end, or two of one number");
    for (SimRecords.Attempt attempt : attempts) {
      Stop stop = Optional.ofNullable(told.remove(attempt.number)).orElse(new Stop.Silent());
      boolean heard = attempt.end.filter(stop::equals).isPresent();
      boolean lost = stop instanceof Stop.Lost && !attempt.process.alive();
      records.must(
          heard || lost,
          Fact.ENDS_TOLD,
          "attempt %d of %s ended with %s, the journal says %s"
              .formatted(attempt.number, task, attempt.end, stop));
    }
    records.must(
        told.values().stream().allMatch(s -> s instanceof Stop.Lost),
        Fact.ENDS_TOLD,
        task + " has attempts that no agent made: " + told);
  }

  /** What was lost with its process is booked as far as it was told; the rest nobody can know. */
  private void costs(
      TaskId task, List<JournalEntry> entries, TaskState state, List<SimRecords.Attempt> attempts) {
    Usage inAll = Usage.NONE;
    for (JournalEntry entry : entries) {
      if (entry.event() instanceof Event.AttemptEnded e) {
        inAll = inAll.plus(e.usage());
        attempts.stream()
            .filter(a -> a.number == e.attempt())
            .findFirst()
            .ifPresent(a -> cost(a, e));
      } else if (entry.event() instanceof Event.Judged e) {
        inAll = inAll.plus(e.usage());
        judge(task, e);
      }
    }
    records.must(
        state.spent().equals(inAll),
        Fact.COST_BOOKED,
        task + " spent " + state.spent() + ", its attempts and judges " + inAll);
  }

  private void cost(SimRecords.Attempt attempt, Event.AttemptEnded told) {
    boolean lost = told.stop() instanceof Stop.Lost;
    records.must(
        lost ? attempt.told.contains(told.usage()) : same(attempt.used, told.usage()),
        Fact.COST_BOOKED,
        "attempt %d of %s used %s, the journal says %s"
            .formatted(attempt.number, attempt.task, attempt.used, told.usage()));
    records.must(
        lost || unknown(attempt.used) == unknown(told.usage()),
        Fact.UNKNOWN_TOLD,
        "attempt %d of %s used %s, the journal says %s"
            .formatted(attempt.number, attempt.task, attempt.used, told.usage()));
    book(attempt.day, lost ? told.usage() : attempt.used);
    if (lost) {
      unheard.add(attempt);
    }
  }

  private void judge(TaskId task, Event.Judged told) {
    Optional<SimRecords.Judging> judging =
        records.judgings.stream()
            .filter(j -> j.task().equals(task) && j.attempt() == told.attempt())
            .filter(j -> j.usage().equals(told.usage()) && !heard.contains(j))
            .findFirst();
    records.must(judging.isPresent(), Fact.COST_BOOKED, "a judge of " + task + " cost otherwise");
    judging.ifPresent(j -> {
      heard.add(j);
      book(j.day(), j.usage());
    });
  }

  private void book(String day, Usage usage) {
    booked.merge(day, micros(usage), Long::sum);
  }

  private static boolean same(Usage one, Usage other) {
    return one.tokens().equals(other.tokens()) && one.cost().known().equals(other.cost().known());
  }

  private static boolean unknown(Usage usage) {
    return usage.cost() instanceof Cost.Unknown;
  }

  /** What died with its process counts for nothing, and its last step was not seen. */
  private void limits(TaskId task, List<SimRecords.Attempt> attempts) {
    Limits limits = Limits.DEFAULT;
    long counted =
        attempts.stream()
            .filter(a -> !unheard.contains(a) && a.end.filter(Morning::burns).isPresent())
            .count();
    records.must(
        counted <= limits.attempts(), Fact.TASK_LIMITED, task + " made " + counted + " attempts");
    long spent = attempts.stream().mapToLong(a -> micros(a.used)).sum();
    long steps = 1 + attempts.stream().filter(unheard::contains).count();
    for (SimRecords.Judging judging : records.judgings) {
      if (judging.task().equals(task)) {
        spent += micros(judging.usage());
        steps += heard.contains(judging) ? 0 : 1;
      }
    }
    records.must(
        spent <= limits.money().micros() + STEP * steps,
        Fact.TASK_LIMITED,
        task + " spent " + spent);
  }

  private static long micros(Usage usage) {
    return usage.cost().known().micros();
  }

  /** Money is booked on the day on which it was reserved, all of it, and nothing else. */
  private void days() {
    Map<String, Long> spent = new TreeMap<>();
    Map<String, Integer> unseen = new HashMap<>();
    for (SimRecords.Attempt attempt : records.attempts) {
      spent.merge(attempt.day, micros(attempt.used), Long::sum);
      unseen.merge(attempt.day, unheard.contains(attempt) ? 1 : 0, Integer::sum);
    }
    for (SimRecords.Judging judging : records.judgings) {
      spent.merge(judging.day(), micros(judging.usage()), Long::sum);
      unseen.merge(judging.day(), heard.contains(judging) ? 0 : 1, Integer::sum);
    }
    spent.forEach((day, micros) -> {
      long used = night.journal.budgets().used("day:" + day).micros();
      records.must(
          used == booked.getOrDefault(day, 0L),
          Fact.COST_BOOKED,
          "%s has %d in its account, and %d was told".formatted(day, used, booked.get(day)));
      long steps = (long) Night.SLOTS.machine() + unseen.getOrDefault(day, 0);
      records.must(
          micros <= Night.DAY.micros() + STEP * steps, Fact.DAY_KEPT, day + " cost " + micros);
    });
  }

  private void target() {
    SimGit git = night.world.git;
    records.must(
        git.history(git.at(SimGit.MAIN).orElseThrow()).containsAll(git.moves(SimGit.MAIN)),
        Fact.TARGET_KEPT,
        "a commit is gone from the target");
  }

  private static boolean burns(Stop stop) {
    return !(stop instanceof Stop.RateLimited
        || stop instanceof Stop.ProviderDown
        || stop instanceof Stop.Refused
        || stop instanceof Stop.Lost
        || stop instanceof Stop.Interrupted);
  }

  private void words(TaskId task, List<JournalEntry> entries) {
    Map<Event, Integer> taken = new HashMap<>();
    Map<Event, Integer> told = new HashMap<>();
    for (JournalEntry entry : entries) {
      told.merge(word(entry.event()), 1, Integer::sum);
    }
    for (SimRecords.Said said : records.words) {
      if (said.task().equals(task)) {
        Optional<String> result = night.journal.inbox().result(said.id());
        records.must(result.isPresent(), Fact.WORDS_ONCE, "nobody took " + said);
        taken.merge(
            word(said.word()),
            result.filter(Inbox.TAKEN::equals).isPresent() ? 1 : 0,
            Integer::sum);
      }
    }
    taken.forEach((word, times) ->
        records.must(
            told.getOrDefault(word, 0).equals(times),
            Fact.WORDS_ONCE,
            "%s was taken %d times and stands %d times in the journal of %s"
                .formatted(word, times, told.getOrDefault(word, 0), task)));
  }

  /** A word without what the harness adds to it. */
  private static Event word(Event event) {
    return event instanceof Event.Steered s ? new Event.Steered(s.message(), false) : event;
  }
}

package dev.longe.engine;

import dev.longe.core.Commit;
import dev.longe.core.Event;
import dev.longe.core.Stop;
import dev.longe.core.TaskId;
import dev.longe.core.Usage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What really happened in a simulated world, written down where it happened. Nothing here is read
 * from a journal, and nothing in the harness reads it.
 */
final class SimRecords {
  /** A word of a human. */
  record Said(long id, TaskId task, Event.Word word) {}

  /** An agent's attempt. */
  static final class Attempt {
    final TaskId task;
    final int number;
    final String agent;
    final String day;
    final Strands.HarnessProcess process;
    final List<Usage> told = new ArrayList<>();
    Usage used = Usage.NONE;
    boolean alive = true;
    Optional<Stop> end = Optional.empty();

    Attempt(TaskId task, int number, String agent, String day, Strands.HarnessProcess process) {
      this.task = task;
      this.number = number;
      this.agent = agent;
      this.day = day;
      this.process = process;
      told.add(Usage.NONE);
    }

    /** Whether an agent lives; it dies with its process, by the kernel. */
    boolean lives() {
      return alive && process.alive();
    }
  }

  /**
   * One judge's work.
   *
   * @param number tells judges apart
   */
  record Judging(int number, TaskId task, int attempt, String day, Usage usage) {}

  private final Map<Fact, String> broken = new EnumMap<>(Fact.class);
  private final Map<TaskId, Strands.HarnessProcess> holders = new HashMap<>();
  private final Map<TaskId, String> heldFor = new HashMap<>();
  private final Map<TaskId, Set<String>> unsaved = new HashMap<>();
  private final Map<String, Boolean> passed = new HashMap<>();
  private final Set<TaskId> seenRed = new HashSet<>();
  private final Map<TaskId, Commit> newest = new HashMap<>();
  private final Set<TaskId> held = new HashSet<>();
  private final Map<String, Limited> limited = new HashMap<>();
  final List<Attempt> attempts = new ArrayList<>();
  final List<Judging> judgings = new ArrayList<>();
  final List<Said> words = new ArrayList<>();

  /** When a provider said that an account has to wait, by count of what was written down. */
  private record Limited(Instant until, int at) {}

  private final Map<TaskId, String> reserved = new HashMap<>();
  private int written;
  private final Map<TaskId, Integer> lastWritten = new HashMap<>();

  void broken(Fact fact, String what) {
    broken.putIfAbsent(fact, what);
  }

  void must(boolean holds, Fact fact, String otherwise) {
    if (!holds) {
      broken(fact, otherwise);
    }
  }

  Map<Fact, String> broken() {
    return broken;
  }

  /** A process holds a task to take the words to it; that needs no slot. */
  void heard(TaskId task, Strands.HarnessProcess process) {
    owned(task, process);
    heldFor.remove(task);
  }

  private void owned(TaskId task, Strands.HarnessProcess process) {
    Optional<Strands.HarnessProcess> other =
        Optional.ofNullable(holders.get(task)).filter(Strands.HarnessProcess::alive);
    must(other.isEmpty(), Fact.ONE_OWNER, task + " has two owners");
    holders.put(task, process);
  }

  /** A process holds a task to work on it. */
  void leased(TaskId task, String account, Strands.HarnessProcess process, SimSlots slots) {
    owned(task, process);
    heldFor.put(task, account);
    List<String> held =
        heldFor.entrySet().stream()
            .filter(e ->
                Optional.ofNullable(holders.get(e.getKey()))
                    .filter(Strands.HarnessProcess::alive)
                    .isPresent())
            .map(Map.Entry::getValue)
            .toList();
    must(held.size() <= slots.machine(), Fact.SLOTS_KEPT, "more tasks at once than slots");
    must(
        held.stream().filter(account::equals).count() <= slots.of(account),
        Fact.SLOTS_KEPT,
        "more tasks at once than slots of " + account);
  }

  void released(TaskId task) {
    holders.remove(task);
    heldFor.remove(task);
  }

  /** How many tasks may be worked on at once, as the night was told. */
  record SimSlots(int machine, Map<String, Integer> accounts) {
    int of(String account) {
      return accounts.getOrDefault(account, machine);
    }
  }

  Optional<Attempt> living(TaskId task) {
    return attempts.stream().filter(a -> a.task.equals(task) && a.lives()).findFirst();
  }

  /** An agent changed its tree. */
  void left(TaskId task, String tree) {
    unsaved.computeIfAbsent(task, _ -> new LinkedHashSet<>()).clear();
    unsaved.computeIfAbsent(task, _ -> new LinkedHashSet<>()).add(tree);
  }

  /** The trees that must be under a ref by now. */
  Set<String> mustBeSaved(TaskId task) {
    return unsaved.getOrDefault(task, Set.of());
  }

  void checked(String commit, String check, boolean pass) {
    passed.put(commit + " " + check, pass);
  }

  boolean passed(String commit, String check) {
    return passed.getOrDefault(commit + " " + check, false);
  }

  void seenRed(TaskId task, boolean failed) {
    if (failed) {
      seenRed.add(task);
    }
  }

  boolean wasRed(TaskId task) {
    return seenRed.contains(task);
  }

  /** Something was written into a task's journal, for good. */
  void written(TaskId task, List<Event> events) {
    written++;
    if (events.stream().noneMatch(e -> e instanceof Event.AttemptStarted)) {
      lastWritten.put(task, written);
    }
    for (Event event : events) {
      if (event instanceof Event.AttemptEnded e && e.stop() instanceof Stop.RateLimited l) {
        attempts.stream()
            .filter(a -> a.task.equals(task) && a.number == e.attempt())
            .forEach(a -> limited.put(a.agent, new Limited(l.until(), written)));
      } else if (event instanceof Event.CandidateMade made) {
        newest.put(task, made.candidate().commit());
      }
    }
  }

  /** A human's word was taken. */
  void taken(TaskId task, long id) {
    Event.Word word =
        words.stream().filter(w -> w.id() == id).map(Said::word).findFirst().orElseThrow();
    if (word instanceof Event.StopAsked || word instanceof Event.PauseAsked) {
      held.add(task);
    } else if (word instanceof Event.Resumed
        || word instanceof Event.Rejected
        || word instanceof Event.Answered) {
      held.remove(task);
    }
    if (word instanceof Event.OnCandidate decision && decision.candidate().isPresent()) {
      must(
          decision.candidate().equals(Optional.ofNullable(newest.get(task))),
          Fact.SEEN_DECIDED,
          decision + " was taken for " + newest.get(task));
    }
  }

  /** Money was asked for, on this day. */
  void reserved(TaskId task, String day) {
    reserved.put(task, day);
  }

  String reservedDay(TaskId task) {
    return Optional.ofNullable(reserved.get(task)).orElseThrow();
  }

  /**
   * Until when the provider holds an account back; empty if it does not, or if it said so only
   * while the task was already asking for its turn.
   */
  Optional<Instant> heldBack(String agent, TaskId task, Instant now) {
    return Optional.ofNullable(limited.get(agent))
        .filter(l -> l.until().isAfter(now) && l.at() < lastWritten.getOrDefault(task, 0))
        .map(Limited::until);
  }

  boolean heldByHuman(TaskId task) {
    return held.contains(task);
  }
}

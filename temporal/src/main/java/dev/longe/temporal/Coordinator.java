package dev.longe.temporal;

import dev.longe.core.Money;
import dev.longe.core.TaskId;
import dev.longe.engine.Capacity;
import dev.longe.engine.Settings;
import dev.longe.temporal.CoordinatorRequest.Answer;
import dev.longe.temporal.CoordinatorRequest.Machine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What all tasks of a namespace share: machines and their slots, money, quotas, reviewers' time and
 * landing queues. Requests are answered one after the other. Used by one thread.
 */
final class Coordinator {
  /**
   * The longest interval between two offers of a machine. A machine counts as away after three
   * intervals without an offer.
   */
  static final Duration RENEWAL = Duration.ofSeconds(30);

  private final State state;
  private final List<Signal> signals = new ArrayList<>();

  /** An answer to be sent to a task that waited. */
  record Signal(TaskId task, Answer answer) {}

  /** A machine and the time of its last offer. */
  record Seen(Machine machine, Instant at, boolean away) {}

  /** Money that a task may spend, reserved in each of these budgets. */
  record Reservation(List<String> accounts, Money money) {}

  /**
   * The complete state, passed from one workflow run to the next. The maps keep insertion order, so
   * that every replay iterates over them in the same order.
   */
  record State(
      Money day,
      Settings.Reviewing reviewing,
      String zone,
      Map<String, Seen> machines,
      Map<String, String> holders,
      Map<String, CoordinatorRequest.Acquire> waiting,
      Map<String, Money> accounts,
      Map<String, Reservation> reservations,
      Map<String, Instant> breakers,
      Map<String, Integer> unreviewed,
      List<Capacity.Given> reviews,
      Map<String, List<String>> rows) {
    static State fresh() {
      return new State(
          new Money(50_000_000),
          Settings.Reviewing.DEFAULT,
          "UTC",
          new TreeMap<>(),
          new LinkedHashMap<>(),
          new LinkedHashMap<>(),
          new TreeMap<>(),
          new LinkedHashMap<>(),
          new TreeMap<>(),
          new LinkedHashMap<>(),
          new ArrayList<>(),
          new TreeMap<>());
    }

    State with(Money newDay, Settings.Reviewing newReviewing, String newZone) {
      return new State(
          newDay,
          newReviewing,
          newZone,
          machines,
          holders,
          waiting,
          accounts,
          reservations,
          breakers,
          unreviewed,
          reviews,
          rows);
    }
  }

  private State terms;

  Coordinator(State state) {
    this.state = state;
    this.terms = state;
  }

  State state() {
    return state.with(terms.day(), terms.reviewing(), terms.zone());
  }

  /** Returns and removes the pending signals. */
  List<Signal> signals() {
    List<Signal> all = List.copyOf(signals);
    signals.clear();
    return all;
  }

  /**
   * A signal to every task that has a slot or a place in a landing queue, to find out whether its
   * workflow still exists.
   */
  List<Signal> holders() {
    return Stream.concat(
            state.holders().keySet().stream(), state.rows().values().stream().map(List::getFirst))
        .distinct()
        .map(task -> new Signal(new TaskId(task), new Answer.Done()))
        .toList();
  }

  Answer answer(CoordinatorRequest ask, Instant now) {
    return switch (ask) {
      case CoordinatorRequest.Register r -> register(r, now);
      case CoordinatorRequest.Leave l -> leave(l, now);
      case CoordinatorRequest.Away a -> away(a, now);
      case CoordinatorRequest.Acquire a -> acquire(a, now);
      case CoordinatorRequest.Release r -> release(r, now);
      case CoordinatorRequest.Reserve r -> budgets().reserve(r, now);
      case CoordinatorRequest.Settle s -> budgets().settle(s);
      case CoordinatorRequest.Trip t -> budgets().trip(t);
      case CoordinatorRequest.Tripped t -> budgets().tripped(t, now);
      case CoordinatorRequest.Full _ -> full(now);
      case CoordinatorRequest.Row r -> row(r);
      case CoordinatorRequest.Team t -> {
        terms = CoordinatorView.under(terms, t.terms());
        yield new Answer.Lines(CoordinatorView.lines(state(), now));
      }
    };
  }

  /** Money and quotas. */
  CoordinatorBudgets budgets() {
    return new CoordinatorBudgets(state());
  }

  private Answer register(CoordinatorRequest.Register r, Instant now) {
    Machine machine = r.machine();
    Optional<Seen> known = Optional.ofNullable(state.machines().get(machine.name()));
    if (known.isPresent()
        && here(known.get(), now)
        && !known.get().machine().owner().equals(machine.owner())
        && !sameHost(known.get().machine().owner(), machine.owner())) {
      return new Answer.Refused(
          "Another machine already has the name «"
              + machine.name()
              + "»; choose another one with --name.");
    }
    state.machines().put(machine.name(), new Seen(machine, now, false));
    dispatch(now);
    return new Answer.Done();
  }

  private static boolean sameHost(String owner, String other) {
    return owner.substring(0, owner.indexOf('/')).equals(other.substring(0, other.indexOf('/')));
  }

  private static boolean here(Seen seen, Instant now) {
    return !seen.away() && seen.at().plus(RENEWAL.multipliedBy(3)).isAfter(now);
  }

  private Answer leave(CoordinatorRequest.Leave l, Instant now) {
    Seen seen = state.machines().get(l.machine());
    if (seen != null && seen.machine().owner().equals(l.owner())) {
      state.machines().put(l.machine(), new Seen(seen.machine(), seen.at(), true));
    }
    dispatch(now);
    return new Answer.Done();
  }

  private Answer away(CoordinatorRequest.Away a, Instant now) {
    Seen seen = state.machines().get(a.machine());
    if (seen != null) {
      state.machines().put(a.machine(), new Seen(seen.machine(), seen.at(), true));
    }
    dispatch(now);
    return new Answer.Done();
  }

  private Answer acquire(CoordinatorRequest.Acquire a, Instant now) {
    String task = a.task().text();
    state.holders().remove(task);
    state.waiting().putIfAbsent(task, a);
    state.waiting().replace(task, a);
    Optional<Machine> machine = place(a, now);
    if (machine.isEmpty()) {
      return new Answer.Waits(whyNot(a, now));
    }
    state.waiting().remove(task);
    state.holders().put(task, machine.get().name());
    return new Answer.Granted(machine.get());
  }

  /** A free machine that fits. The machine that has the session is preferred. */
  private Optional<Machine> place(CoordinatorRequest.Acquire a, Instant now) {
    List<Machine> fit = fitting(a, now);
    Optional<Machine> home =
        fit.stream().filter(m -> a.preferred().filter(m.name()::equals).isPresent()).findFirst();
    return (home.isPresent() ? home.stream() : fit.stream())
        .filter(m -> free(m) > 0)
        .max(Comparator.comparingInt(this::free));
  }

  private List<Machine> fitting(CoordinatorRequest.Acquire a, Instant now) {
    return state.machines().values().stream()
        .filter(s -> here(s, now))
        .map(Seen::machine)
        .filter(m -> m.labels().containsAll(a.labels()))
        .filter(m -> m.has(a.agent()))
        .filter(m -> !a.not().contains(m.name()))
        .toList();
  }

  private int free(Machine machine) {
    return machine.slots()
        - (int) state.holders().values().stream().filter(machine.name()::equals).count();
  }

  private String whyNot(CoordinatorRequest.Acquire a, Instant now) {
    List<Machine> here =
        state.machines().values().stream().filter(s -> here(s, now)).map(Seen::machine).toList();
    if (here.isEmpty()) {
      return "no worker is connected";
    }
    if (here.stream().noneMatch(m -> m.labels().containsAll(a.labels()))) {
      return "no worker has the labels " + String.join(", ", a.labels());
    }
    if (here.stream().noneMatch(m -> m.has(a.agent()))) {
      return "no worker has the agent " + String.join("", a.agent().stream().toList());
    }
    List<Machine> fit = fitting(a, now);
    return fit.isEmpty()
        ? "the only suitable workers could not do it: " + String.join(", ", a.not())
        : "every slot is in use on " + String.join(", ", fit.stream().map(Machine::name).toList());
  }

  /** Gives free slots to waiting tasks, in the order in which they asked. */
  private void dispatch(Instant now) {
    for (CoordinatorRequest.Acquire a : List.copyOf(state.waiting().values())) {
      place(a, now)
          .ifPresent(m -> {
            state.waiting().remove(a.task().text());
            state.holders().put(a.task().text(), m.name());
            signals.add(new Signal(a.task(), new Answer.Granted(m)));
          });
    }
  }

  private Answer release(CoordinatorRequest.Release r, Instant now) {
    String task = r.task().text();
    state.waiting().remove(task);
    state.holders().remove(task);
    if (r.unreviewed() > 0) {
      state.unreviewed().put(task, r.unreviewed());
    } else {
      state.unreviewed().remove(task);
    }
    r.reviews().stream().filter(g -> !state.reviews().contains(g)).forEach(state.reviews()::add);
    while (state.reviews().size() > Capacity.REVIEWS_MAX) {
      state.reviews().removeFirst();
    }
    for (Map.Entry<String, List<String>> row : state.rows().entrySet()) {
      boolean first = row.getValue().indexOf(task) == 0;
      row.getValue().remove(task);
      if (first && !row.getValue().isEmpty()) {
        signals.add(new Signal(new TaskId(row.getValue().getFirst()), new Answer.Turn(true)));
      }
    }
    state.rows().values().removeIf(List::isEmpty);
    dispatch(now);
    return new Answer.Done();
  }

  private Answer full(Instant now) {
    int lines = state.unreviewed().values().stream().mapToInt(Integer::intValue).sum();
    return new Answer.Reviewers(new Capacity(terms.reviewing()).load(lines, state.reviews(), now));
  }

  private Answer row(CoordinatorRequest.Row r) {
    List<String> row = state.rows().computeIfAbsent(r.target(), _ -> new ArrayList<>());
    if (!row.contains(r.task().text())) {
      row.add(r.task().text());
    }
    return new Answer.Turn(row.getFirst().equals(r.task().text()));
  }
}

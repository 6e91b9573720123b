package dev.longe.temporal;

import dev.longe.core.AgentSpec;
import dev.longe.core.Breaker;
import dev.longe.core.Candidate;
import dev.longe.core.Event;
import dev.longe.core.Grant;
import dev.longe.core.ReviewLoad;
import dev.longe.core.TaskState;
import dev.longe.engine.Capacity;
import dev.longe.engine.TaskStore;
import dev.longe.journal.Inbox;
import dev.longe.journal.PostedWord;
import dev.longe.journal.TimedEvent;
import dev.longe.temporal.CoordinatorRequest.Answer;
import dev.longe.temporal.Messages.Shipped;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The store of one task's workflow. The journal is part of the workflow's state; shared state
 * belongs to the coordinator. Workflow code: time, randomness and I/O only through Temporal.
 */
final class FlowTaskStore implements TaskStore {
  private final CoordinatorActivities coordinator;
  private final Runnable moved;
  private final Messages.Carried began;
  private final List<TimedEvent> told;
  private TaskState state;
  private long generation;
  private Optional<String> last;
  private Optional<String> home;
  private Optional<Shipped> shipped;
  private Optional<CoordinatorRequest.Machine> machine = Optional.empty();
  private final List<Event> toTell = new ArrayList<>();
  private Instant seenAt = Instant.EPOCH;

  private final FlowAccounts accounts;
  private final FlowInbox words;
  private final List<Capacity.Given> reviews = new ArrayList<>();

  /**
   * @param moved called when the task's state has changed
   */
  FlowTaskStore(Messages.Carried began, CoordinatorActivities coordinator, Runnable moved) {
    this.moved = moved;
    this.began = began;
    this.coordinator = coordinator;
    this.accounts = new FlowAccounts(began.task(), coordinator);
    this.words = new FlowInbox(began.task());
    this.told = new ArrayList<>(began.told());
    this.state = TaskState.of(began.task(), told.stream().map(TimedEvent::event).toList());
    this.generation = began.generation();
    this.last = began.last();
    this.home = began.home();
    this.shipped = began.shipped();
  }

  Messages.Carried carried() {
    return new Messages.Carried(began.task(), told, generation, last, home, shipped);
  }

  List<TimedEvent> told() {
    return told;
  }

  Messages.Job job() {
    return new Messages.Job(began.task(), generation, told, shipped);
  }

  CoordinatorActivities coordinator() {
    return coordinator;
  }

  Optional<CoordinatorRequest.Machine> machine() {
    return machine;
  }

  Optional<String> home() {
    return home;
  }

  /** Binds the task to a machine under a new claim. */
  void bind(CoordinatorRequest.Machine granted) {
    generation++;
    machine = Optional.of(granted);
    if (last.isPresent()) {
      toTell.add(new Event.Claimed(generation, granted.name()));
    }
    last = Optional.of(granted.name());
    home = last;
  }

  /** Releases the slot; trees and session stay on the machine. */
  void unbind() {
    machine = Optional.empty();
  }

  /**
   * Takes the task from its machine.
   *
   * @param last the machine's last heartbeat, if an attempt was running
   */
  void leave(String why, Optional<Messages.AttemptEvents> last) {
    List<Event> seen = last.map(Messages.AttemptEvents::events).orElse(List.of());
    seenAt = last.map(Messages.AttemptEvents::at).orElse(Instant.EPOCH);
    machine = Optional.empty();
    home.ifPresent(h -> {
      toTell.addAll(seen);
      toTell.add(new Event.Left(h, sessionIsShipped(seen), why));
    });
    home = Optional.empty();
  }

  /** Takes the task from a machine that could not begin and has nothing of the task. */
  void drop() {
    machine = Optional.empty();
    home = Optional.empty();
  }

  /** Whether the journal contains all that happened to the task. */
  boolean allTold() {
    return toTell.isEmpty();
  }

  /** What the machine must offer for the next step; any machine can clean up. */
  Needs needs() {
    return state.state().closed()
        ? new Needs(List.of(), Optional.empty())
        : new Needs(state.labels(), Optional.of(state.agent().driver()));
  }

  /**
   * What a machine must offer.
   *
   * @param agent the driver
   */
  record Needs(List<String> labels, Optional<String> agent) {}

  private boolean sessionIsShipped(List<Event> seen) {
    Optional<String> named =
        seen.stream()
            .filter(e -> e instanceof Event.SessionNamed)
            .map(e -> ((Event.SessionNamed) e).agentSession())
            .findFirst()
            .or(() -> state.last().flatMap(a -> a.agentSession()));
    return named.isPresent() && named.equals(shipped.map(Shipped::session));
  }

  void shipped(Optional<Shipped> now) {
    shipped = now.or(() -> shipped);
  }

  @Override
  public TaskState state() {
    return state;
  }

  @Override
  public Event.Claimed claim() {
    CoordinatorRequest.Machine m =
        machine.orElseThrow(() -> new MachineUnavailable.NoMachine(needs()));
    return new Event.Claimed(generation, m.name());
  }

  @Override
  public List<Event> takeOver(TaskState now) {
    List<Event> all = List.copyOf(toTell);
    toTell.clear();
    return all;
  }

  @Override
  public Duration seen() {
    Instant started =
        told.stream()
            .filter(t -> t.event() instanceof Event.AttemptStarted)
            .map(TimedEvent::at)
            .reduce((_, later) -> later)
            .orElseThrow();
    return seenAt.isAfter(started) ? Duration.between(started, seenAt) : Duration.ZERO;
  }

  @Override
  public TaskState append(TaskState before, Instant now, List<Event> events) {
    TaskState after = before;
    for (Event event : events) {
      after = after.after(event);
    }
    state = after;
    for (Event event : events) {
      told.add(new TimedEvent(now, event));
      accounts.settle(event);
      event.review().ifPresent(r -> reviews.add(new Capacity.Given(now, r)));
    }
    if (before.state() != after.state()) {
      moved.run();
    }
    events.forEach(e -> accounts.trip(machine, before, e));
    return after;
  }

  @Override
  public List<PostedWord> words() {
    return words.open();
  }

  @Override
  public TaskState take(TaskState before, Instant now, PostedWord word, Event event) {
    TaskState after = append(before, now, List.of(event));
    words.answer(word, Inbox.TAKEN);
    return after;
  }

  @Override
  public void refuse(PostedWord word, String why) {
    words.answer(word, why);
  }

  /** The words that humans say to the task. */
  FlowInbox inbox() {
    return words;
  }

  /** A slot of a machine is good for any agent. */
  @Override
  public boolean mayStart(AgentSpec agent) {
    return true;
  }

  @Override
  public ReviewLoad reviewers(Instant now) {
    return Answer.Reviewers.load(coordinator.ask(new CoordinatorRequest.Full()));
  }

  private String account(AgentSpec agent) {
    return there(agent).account();
  }

  /**
   * The agent on the machine that has the task; if it has no such agent, another machine is needed.
   */
  CoordinatorRequest.AgentThere there(AgentSpec agent) {
    return machine
        .flatMap(m -> Optional.ofNullable(m.agents().get(agent.driver())))
        .orElseThrow(() ->
            new MachineUnavailable.NoMachine(
                new Needs(state.labels(), Optional.of(agent.driver()))));
  }

  @Override
  public Breaker quota(AgentSpec agent, Instant now) {
    String account = account(agent);
    Answer.Until until = (Answer.Until) coordinator.ask(new CoordinatorRequest.Tripped(account));
    return new Breaker(account, until.instant());
  }

  @Override
  public Grant reserve(TaskState task, Instant now) {
    Answer answer =
        coordinator.ask(
            new CoordinatorRequest.Reserve(
                task.id(),
                task.limits().money().left(task.spent().cost().known()),
                task.loop().name(),
                task.loop().limits().day()));
    if (answer instanceof Answer.Reserved r) {
      return new Grant(r.money(), r.retry());
    }
    throw new IllegalStateException("the coordinator answered " + answer);
  }

  /** Always empty: each change lands alone, in the order that the coordinator keeps. */
  @Override
  public List<TaskState> ahead(TaskState task) {
    return List.of();
  }

  /** Releases the slot and the places in landing queues, and reports reviews to the coordinator. */
  void release() {
    int lines =
        state.acceptable() && state.accepted().isEmpty()
            ? state.candidate().map(Candidate::diffLines).orElse(0)
            : 0;
    coordinator.ask(new CoordinatorRequest.Release(began.task(), lines, reviews));
    reviews.clear();
    unbind();
  }

  static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }
}

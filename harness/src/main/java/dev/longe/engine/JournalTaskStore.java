package dev.longe.engine;

import dev.longe.core.AgentSpec;
import dev.longe.core.Breaker;
import dev.longe.core.Candidate;
import dev.longe.core.Event;
import dev.longe.core.Grant;
import dev.longe.core.Money;
import dev.longe.core.ReviewLoad;
import dev.longe.core.State;
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.journal.Journal;
import dev.longe.journal.JournalEntry;
import dev.longe.journal.Lease;
import dev.longe.journal.PostedWord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The books of the embedded engine: one journal for all tasks of a machine. */
final class JournalTaskStore implements TaskStore {
  private final Journal journal;
  private final Settings settings;
  private final Lease lease;
  private final TaskState leased;

  JournalTaskStore(Journal journal, Settings settings, Lease lease) {
    this.journal = journal;
    this.settings = settings;
    this.lease = lease;
    this.leased = journal.state(lease.task());
  }

  @Override
  public TaskState state() {
    return leased;
  }

  @Override
  public Event.Claimed claim() {
    return new Event.Claimed(lease.generation(), settings.machine());
  }

  /**
   * An attempt that still runs by the journal ran under an owner that is gone; so are its
   * processes.
   */
  @Override
  public List<Event> takeOver(TaskState state) {
    return state.running().isPresent() ? List.of(claim()) : List.of();
  }

  @Override
  public Duration seen() {
    List<JournalEntry> entries = journal.entries(lease.task());
    Instant started =
        entries.stream()
            .filter(e -> e.event() instanceof Event.AttemptStarted)
            .map(JournalEntry::at)
            .reduce((_, later) -> later)
            .orElseThrow();
    Instant last =
        entries.stream()
            .filter(e -> !(e.event() instanceof Event.Claimed))
            .map(JournalEntry::at)
            .reduce((_, later) -> later)
            .orElseThrow();
    return Duration.between(started, last);
  }

  @Override
  public TaskState append(TaskState state, Instant now, List<Event> events) {
    return journal.append(lease, state, now, events);
  }

  @Override
  public List<PostedWord> words() {
    return journal.inbox().open(lease.task());
  }

  @Override
  public void answer(PostedWord word, String result) {
    journal.inbox().answer(word, result);
  }

  @Override
  public ReviewLoad reviewers(Instant now) {
    List<Capacity.Given> given =
        journal.search().reviews(Capacity.REVIEWS_MAX).stream()
            .flatMap(e -> e.event().review().map(r -> new Capacity.Given(e.at(), r)).stream())
            .toList();
    return new Capacity(settings.review()).load(unreviewed(), given, now);
  }

  private int unreviewed() {
    int lines = 0;
    for (TaskId id : journal.search().in(State.PROPOSED, State.ASKING)) {
      TaskState task = journal.state(id);
      if (task.acceptable() && task.accepted().isEmpty()) {
        lines += task.candidate().map(Candidate::diffLines).orElse(0);
      }
    }
    return lines;
  }

  /** The lease's slot was taken for the agent that the task had then. */
  @Override
  public boolean mayStart(AgentSpec agent) {
    return settings.slots().alike(leased.agent().driver(), agent.driver());
  }

  private String account(AgentSpec agent) {
    return settings.agents().entry(agent.driver()).quotaAccount();
  }

  @Override
  public Breaker quota(AgentSpec agent, Instant now) {
    String account = account(agent);
    return new Breaker(account, journal.quotas().tripped(account, now));
  }

  @Override
  public void trip(AgentSpec agent, Instant until) {
    journal.quotas().trip(account(agent), until);
  }

  @Override
  public Grant reserve(TaskState state, Instant now) {
    DayBudget budget = new DayBudget(settings.day(), settings.zone());
    Money want = state.limits().money().left(state.spent().cost().known());
    Money granted =
        journal
            .budgets()
            .reserve(
                lease.task(),
                want,
                budget.budgets(state.loop().name(), state.loop().limits().day(), now));
    return new Grant(granted, budget.dayEnds(now));
  }

  @Override
  public List<TaskState> ahead(TaskState state) {
    return LandingQueue.of(journal, state);
  }
}

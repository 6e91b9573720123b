package dev.longe.engine;

import dev.longe.core.AgentSpec;
import dev.longe.core.Breaker;
import dev.longe.core.Candidate;
import dev.longe.core.Event;
import dev.longe.core.Grant;
import dev.longe.core.Money;
import dev.longe.core.ReviewLoad;
import dev.longe.core.State;
import dev.longe.core.Stop;
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.journal.Journal;
import dev.longe.journal.JournalEntry;
import dev.longe.journal.Lease;
import dev.longe.journal.PostedWord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The store of the embedded engine: one journal for all tasks of a machine. */
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
   * Ends an attempt that still runs according to the journal: its owner and its processes are gone.
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
    events.forEach(e -> trip(state, e));
    return journal.append(lease, state, now, events);
  }

  private void trip(TaskState state, Event event) {
    if (event instanceof Event.AttemptEnded e && e.stop() instanceof Stop.RateLimited limited) {
      int agent = state.running().orElseThrow().agent();
      journal.quotas().trip(account(state.loop().agents().get(agent)), limited.until());
    }
  }

  @Override
  public List<PostedWord> words() {
    return journal.inbox().open(lease.task());
  }

  @Override
  public TaskState take(TaskState state, Instant now, PostedWord word, Event event) {
    return journal.take(lease, state, now, word, event);
  }

  @Override
  public void refuse(PostedWord word, String why) {
    journal.inbox().refuse(word, why);
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

  /**
   * The slot of the lease belongs to the quota account of the agent that the task had when it was
   * leased.
   */
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

package dev.longe.engine;

import dev.longe.core.AgentSpec;
import dev.longe.core.Breaker;
import dev.longe.core.Commit;
import dev.longe.core.Cost;
import dev.longe.core.Event;
import dev.longe.core.Grant;
import dev.longe.core.Limits;
import dev.longe.core.Money;
import dev.longe.core.Reason;
import dev.longe.core.ReviewLoad;
import dev.longe.core.Stop;
import dev.longe.core.TaskState;
import dev.longe.core.Usage;
import dev.longe.journal.Inbox;
import dev.longe.journal.PostedWord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The real store of a task, whose process may die before and after everything that they keep. */
final class SimTaskStore implements TaskStore {
  private static final Limits.Raise MORE =
      new Limits.Raise(
          Optional.of(100),
          Optional.of(new Money(90_000_000)),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  private final TaskStore store;
  private final SimWorld world;
  private final Strands strands;
  private final Sabotage sabotage;

  SimTaskStore(TaskStore store, SimWorld world, Strands strands, Sabotage sabotage) {
    this.store = store;
    this.world = world;
    this.strands = strands;
    this.sabotage = sabotage;
  }

  @Override
  public TaskState state() {
    return store.state();
  }

  @Override
  public Event.Claimed claim() {
    return store.claim();
  }

  @Override
  public List<Event> takeOver(TaskState state) {
    return store.takeOver(state);
  }

  @Override
  public Duration seen() {
    return store.seen();
  }

  @Override
  public TaskState append(TaskState state, Instant now, List<Event> events) {
    strands.boundary();
    List<Event> told = new ArrayList<>(events.stream().map(this::sabotaged).toList());
    if (sabotage == Sabotage.WRITES_NONSENSE && events.getFirst() instanceof Event.Prepared) {
      told.add(new Event.Woken());
    }
    TaskState after = store.append(state, now, told);
    world.records.written(state.id(), told);
    strands.boundary();
    return after;
  }

  private Event sabotaged(Event event) {
    return switch (event) {
      case Event.AttemptEnded e when sabotage == Sabotage.TELLS_ANOTHER_END ->
          new Event.AttemptEnded(e.attempt(), new Stop.Ended(), e.usage(), e.active());
      case Event.AttemptEnded e when sabotage == Sabotage.LOSES_SETTLE ->
          new Event.AttemptEnded(e.attempt(), e.stop(), Usage.NONE, e.active());
      case Event.AttemptEnded e when sabotage == Sabotage.CALLS_UNKNOWN_ZERO ->
          new Event.AttemptEnded(e.attempt(), e.stop(), known(e.usage()), e.active());
      case Event.Judged e when sabotage == Sabotage.LOSES_JUDGE ->
          new Event.Judged(e.attempt(), e.check(), e.opinions(), e.model(), Usage.NONE);
      case Event.Resumed _ when sabotage == Sabotage.RAISES_LIMIT -> new Event.Resumed(MORE);
      case Event.StopAsked _ when sabotage == Sabotage.IGNORES_STOP ->
          new Event.Steered("he said stop", true);
      case Event.Decided d when sabotage == Sabotage.DECIDES_OTHERWISE ->
          new Event.Decided(d.move(), Reason.LOST, d.evidence(), d.rung(), d.until(), d.price());
      default -> event;
    };
  }

  private static Usage known(Usage usage) {
    return new Usage(usage.tokens(), new Cost.Reported(usage.cost().known()));
  }

  @Override
  public List<PostedWord> words() {
    List<PostedWord> words = store.words();
    if (sabotage == Sabotage.LOSES_WORDS) {
      words.forEach(w -> {
        refuse(w, Inbox.TAKEN);
        world.records.taken(w.task(), w.id());
      });
      return List.of();
    }
    return sabotage == Sabotage.TAKES_ANY_DECISION
        ? words.stream().map(this::blind).toList()
        : words;
  }

  /** The word, as if the human had seen the task's present candidate. */
  private PostedWord blind(PostedWord word) {
    Optional<Commit> present = state().candidateCommit();
    Event.Word unseen =
        switch (word.word()) {
          case Event.Rejected r -> new Event.Rejected(r.because(), present);
          case Event.Answered a -> new Event.Answered(a.text(), present);
          default -> word.word();
        };
    return new PostedWord(word.id(), word.task(), unseen);
  }

  @Override
  public TaskState take(TaskState state, Instant now, PostedWord word, Event event) {
    strands.boundary();
    Event told = sabotaged(event);
    TaskState after =
        sabotage == Sabotage.TAKES_WORDS_AGAIN && event instanceof Event.Steered
            ? store.append(state, now, List.of(told))
            : store.take(state, now, word, told);
    world.records.written(state.id(), List.of(told));
    world.records.taken(state.id(), word.id());
    strands.boundary();
    return after;
  }

  @Override
  public void refuse(PostedWord word, String why) {
    strands.boundary();
    store.refuse(word, why);
    strands.boundary();
  }

  @Override
  public boolean mayStart(AgentSpec agent) {
    return store.mayStart(agent);
  }

  @Override
  public ReviewLoad reviewers(Instant now) {
    return store.reviewers(now);
  }

  @Override
  public Breaker quota(AgentSpec agent, Instant now) {
    Breaker known = store.quota(agent, now);
    return sabotage == Sabotage.IGNORES_BREAKER
        ? new Breaker(known.account(), Optional.empty())
        : known;
  }

  @Override
  public Grant reserve(TaskState state, Instant now) {
    strands.boundary();
    world.records.reserved(state.id(), world.day());
    Grant grant = store.reserve(state, now);
    strands.boundary();
    return sabotage == Sabotage.FORGETS_THE_DAY
        ? new Grant(state.limits().money().left(state.spent().cost().known()), now)
        : grant;
  }

  @Override
  public List<TaskState> ahead(TaskState state) {
    return store.ahead(state);
  }
}

package dev.longe.core;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The state of a task, computed from its events. It is never stored.
 *
 * @param labels labels of the machine that may work on it
 * @param policySet the policy recorded in its journal, if any
 * @param admission the admission facts of the start that is being decided
 * @param reason the reason for the present state
 * @param until when a wait ends without a human
 * @param limits the limits of the loop, with later changes by a human
 * @param base runs of the red checks on the base, in order
 * @param agentIndex index of the loop's agent that works now or next
 * @param pending a decided attempt that has not started yet
 * @param again a word of a human or the end of a wait that requires a decision
 * @param messages messages of a human that no prompt has contained yet
 * @param interruptedIn the state in which a human's pause or stop came before the task's setup or
 *     checks were done; {@code resume} continues there
 * @param humanMark number of attempts at the last word of a human; the ladder of moves restarts
 *     there
 * @param reviews the reviews by humans, in order
 * @param outcomes what happened to the change after it landed
 * @param faults failures of the harness in a row
 * @param setupFailed whether the last that happened is that the setup failed
 * @param note one sentence for the human about the present state; empty if the reason is enough
 */
public record TaskState(
    TaskId id,
    Event.Submitted submitted,
    Event.Framed frame,
    List<String> labels,
    Optional<Policy> policySet,
    Optional<Event.AdmissionAsked> admission,
    State state,
    Optional<Reason> reason,
    String note,
    Optional<Instant> until,
    Limits limits,
    Optional<String> baseTree,
    List<Event.BaseChecked> base,
    List<Attempt> attempts,
    int agentIndex,
    Optional<Event.Decided> pending,
    Optional<Reason> again,
    List<String> messages,
    boolean pauseAsked,
    boolean stopAsked,
    Optional<State> interruptedIn,
    int humanMark,
    Optional<Event.Accepted> accepted,
    Optional<Event.Landed> landed,
    List<Event.Reviewed> reviews,
    List<Event.Outcome> outcomes,
    int faults,
    boolean setupFailed) {

  public TaskState {
    labels = List.copyOf(labels);
    base = List.copyOf(base);
    attempts = List.copyOf(attempts);
    messages = List.copyOf(messages);
    reviews = List.copyOf(reviews);
    outcomes = List.copyOf(outcomes);
  }

  /** The state after {@code events}; the first must be {@link Event.Submitted}. */
  public static TaskState of(TaskId id, List<Event> events) {
    Require.that(
        !events.isEmpty() && events.getFirst() instanceof Event.Submitted,
        "the first event of a task must be Submitted");
    TaskState state = Fold.submitted(id, (Event.Submitted) events.getFirst());
    for (Event event : events.subList(1, events.size())) {
      state = state.after(event);
    }
    return state;
  }

  /**
   * The state after one more event.
   *
   * @throws IllegalStateException if the event can't happen in this state, which is a defect of the
   *     harness
   */
  public TaskState after(Event event) {
    return Fold.apply(this, event);
  }

  /**
   * Whether the task has begun something that has not ended: an owner that dies may leave
   * processes.
   */
  public boolean underWay() {
    return switch (state) {
      case PREPARING, ATTEMPTING, CHECKING -> true;
      case QUEUED, WAITING, ASKING, PROPOSED, LANDED, DISCARDED, STOPPED -> accepted.isPresent();
    };
  }

  /** The policy of the task; that of release 0.1.0 if the journal has none. */
  public Policy policy() {
    return policySet.orElse(Policy.V0_1_0);
  }

  public Loop loop() {
    return submitted.loop();
  }

  public Optional<Attempt> last() {
    return attempts.isEmpty() ? Optional.empty() : Optional.of(attempts.getLast());
  }

  public Optional<Attempt> running() {
    return last().filter(Attempt::running);
  }

  /** The newest candidate; empty if there is none. */
  public Optional<Candidate> candidate() {
    return attempts.reversed().stream().flatMap(a -> a.candidate().stream()).findFirst();
  }

  /** The commit of the newest candidate; empty if there is none. */
  public Optional<Commit> candidateCommit() {
    return candidate().map(Candidate::commit);
  }

  /** The use of all attempts, including the running one. */
  public Usage spent() {
    return attempts.stream().map(Attempt::usage).reduce(Usage.NONE, Usage::plus);
  }

  /** How long agents and checks ran, without waiting times. */
  public Duration worked() {
    return attempts.stream()
        .map(a ->
            a.checked().stream().map(c -> c.receipt().took()).reduce(a.active(), Duration::plus))
        .reduce(Duration.ZERO, Duration::plus);
  }

  public int attemptsCounted() {
    return (int) attempts.stream().filter(Attempt::counts).count();
  }

  /** The agent that works on the task now or next. */
  public AgentSpec agent() {
    return loop().agents().get(agentIndex);
  }

  /** Whether the candidate lands if a human accepts it. */
  public boolean acceptable() {
    return loop().mode() == Mode.EXECUTE
        && (state == State.PROPOSED || (state == State.ASKING && asksForAYes()));
  }

  private boolean asksForAYes() {
    return reason
        .filter(r ->
            r == Reason.HUMAN_CHECK || r == Reason.PROTECTED_TOUCHED || r == Reason.GETTING_WORSE)
        .isPresent();
  }

  /**
   * The verdicts on the newest candidate by check, including guards; empty if there is no
   * candidate.
   */
  public Map<CheckName, Verdict> verdicts() {
    return last().map(a -> Verdicts.of(this, a)).orElse(Map.of());
  }
}

package dev.longe.core;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A task as the fold of its events; never written, only computed.
 *
 * @param labels what the machine that works on it must offer
 * @param policySet the policy that its journal holds
 * @param admission what the harness just learned about a start
 * @param reason why it is where it is
 * @param until when a wait is over by itself
 * @param limits the loop's, or what a human made of them since
 * @param base runs of the red checks on the base, in order
 * @param agentIndex which of the loop's agents works now, or will
 * @param pending a decided attempt that has not started yet
 * @param again a human's word or the end of a wait that wants a decision
 * @param messages a human's words that no prompt has carried yet
 * @param humanMark how many attempts there were at the last human word; the ladder of moves
 *     restarts there
 * @param reviews of humans, in order
 * @param outcomes what became of it after it landed
 * @param faults failures of the harness in a row
 * @param note one sentence to the human about the present state; empty where the reason says it all
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
    int humanMark,
    Optional<Event.Accepted> accepted,
    Optional<Event.Landed> landed,
    List<Event.Reviewed> reviews,
    List<Event.Outcome> outcomes,
    int faults) {

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
        "a task's first event is its submission");
    TaskState state = Fold.submitted(id, (Event.Submitted) events.getFirst());
    for (Event event : events.subList(1, events.size())) {
      state = state.after(event);
    }
    return state;
  }

  /**
   * The state after one more event.
   *
   * @throws IllegalStateException if the event can't happen in this state: a fault of the harness
   *     itself
   */
  public TaskState after(Event event) {
    return Fold.apply(this, event);
  }

  /** By which policy it is decided: release 0.1.0 recorded none. */
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

  /** The newest candidate. */
  public Optional<Candidate> candidate() {
    return attempts.reversed().stream().flatMap(a -> a.candidate().stream()).findFirst();
  }

  /** The newest candidate's commit. */
  public Optional<Commit> candidateCommit() {
    return candidate().map(Candidate::commit);
  }

  /** What all attempts used, the running one included. */
  public Usage spent() {
    return attempts.stream().map(Attempt::usage).reduce(Usage.NONE, Usage::plus);
  }

  /** How long agents and checks worked; waiting is not in it. */
  public Duration worked() {
    return attempts.stream()
        .map(a ->
            a.checked().stream().map(c -> c.receipt().took()).reduce(a.active(), Duration::plus))
        .reduce(Duration.ZERO, Duration::plus);
  }

  public int attemptsCounted() {
    return (int) attempts.stream().filter(Attempt::counts).count();
  }

  /** The agent that attempts it now, or will. */
  public AgentSpec agent() {
    return loop().agents().get(agentIndex);
  }

  /** Whether a human's yes would land the candidate. */
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

  /** The verdicts on the newest candidate by check, guards included; empty while there is none. */
  public Map<CheckName, Verdict> verdicts() {
    return last().map(a -> Verdicts.of(this, a)).orElse(Map.of());
  }
}

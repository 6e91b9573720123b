package dev.longe.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A mutable copy of a state, from which the next state is built. */
final class TaskStateBuilder {
  private final TaskState from;
  Event.Framed frame;
  List<String> labels;
  Optional<Policy> policySet;
  Optional<Event.AdmissionAsked> admission = Optional.empty();
  State state;
  Optional<Reason> reason;
  String note;
  Optional<Instant> until;
  Limits limits;
  Optional<String> baseTree;
  final List<Event.BaseChecked> base;
  final List<Attempt> attempts;
  int agentIndex;
  Optional<Event.Decided> pending;
  Optional<Reason> again;
  final List<String> messages;
  boolean pauseAsked;
  boolean stopAsked;
  Optional<State> interruptedIn;
  int humanMark;
  Optional<Event.Accepted> accepted;
  Optional<Event.Landed> landed;
  final List<Event.Reviewed> reviews;
  final List<Event.Outcome> outcomes;
  int faults;
  boolean setupFailed;

  TaskStateBuilder(TaskState s) {
    from = s;
    frame = s.frame();
    labels = s.labels();
    policySet = s.policySet();
    state = s.state();
    reason = s.reason();
    note = s.note();
    until = s.until();
    limits = s.limits();
    baseTree = s.baseTree();
    base = new ArrayList<>(s.base());
    attempts = new ArrayList<>(s.attempts());
    agentIndex = s.agentIndex();
    pending = s.pending();
    again = s.again();
    messages = new ArrayList<>(s.messages());
    pauseAsked = s.pauseAsked();
    stopAsked = s.stopAsked();
    interruptedIn = s.interruptedIn();
    humanMark = s.humanMark();
    accepted = s.accepted();
    landed = s.landed();
    reviews = new ArrayList<>(s.reviews());
    outcomes = new ArrayList<>(s.outcomes());
    faults = s.faults();
    setupFailed = s.setupFailed();
  }

  void replaceLast(Attempt attempt) {
    attempts.set(attempts.size() - 1, attempt);
  }

  TaskState done() {
    return new TaskState(
        from.id(),
        from.submitted(),
        frame,
        labels,
        policySet,
        admission,
        state,
        reason,
        note,
        until,
        limits,
        baseTree,
        base,
        attempts,
        agentIndex,
        pending,
        again,
        messages,
        pauseAsked,
        stopAsked,
        interruptedIn,
        humanMark,
        accepted,
        landed,
        reviews,
        outcomes,
        faults,
        setupFailed);
  }
}

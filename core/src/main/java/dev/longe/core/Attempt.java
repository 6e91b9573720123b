package dev.longe.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One attempt of an agent at a task, as recorded in the journal so far.
 *
 * @param move the move that started it
 * @param rung the index of the step in the loop's moves that it used up, if any
 * @param measured what its candidate's code adds to the base; present if a guard asks for it
 * @param checked every check run on its candidate, in order; a check that could not be carried out
 *     may occur more than once
 */
public record Attempt(
    int number,
    int session,
    int agent,
    Move move,
    Optional<Integer> rung,
    Capabilities can,
    Optional<String> agentSession,
    Optional<String> model,
    Usage usage,
    boolean wrappedUp,
    Optional<Stop> stop,
    Duration active,
    Optional<Candidate> candidate,
    Optional<Event.Measured> measured,
    List<Event.Checked> checked) {

  public Attempt {
    checked = List.copyOf(checked);
  }

  static Attempt started(
      Event.AttemptStarted e, Event.Decided by, Optional<Attempt> sessionBefore) {
    return new Attempt(
        e.attempt(),
        e.session(),
        e.agent(),
        by.move(),
        by.rung(),
        e.can(),
        sessionBefore.flatMap(Attempt::agentSession),
        sessionBefore.flatMap(Attempt::model),
        Usage.NONE,
        false,
        Optional.empty(),
        Duration.ZERO,
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  /**
   * An attempt for changes that a human made to the tree after {@code before}. It has ended and
   * costs nothing.
   */
  static Attempt byHand(Attempt before) {
    return new Attempt(
        before.number() + 1,
        before.session() + 1,
        before.agent(),
        Move.FRESH,
        Optional.empty(),
        before.can(),
        Optional.empty(),
        Optional.empty(),
        Usage.NONE,
        false,
        Optional.of(new Stop.Ended()),
        Duration.ZERO,
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  Attempt named(Event.SessionNamed e) {
    Optional<String> known = e.model().isPresent() ? e.model() : model;
    return copy(
        Optional.of(e.agentSession()), known, usage, wrappedUp, candidate, measured, checked);
  }

  Attempt withoutSession() {
    return copy(Optional.empty(), model, usage, wrappedUp, candidate, measured, checked);
  }

  Attempt spent(Usage soFar) {
    return copy(agentSession, model, soFar, wrappedUp, candidate, measured, checked);
  }

  Attempt wrapUp() {
    return copy(agentSession, model, usage, true, candidate, measured, checked);
  }

  Attempt with(Candidate made) {
    return copy(agentSession, model, usage, wrappedUp, Optional.of(made), measured, checked);
  }

  Attempt with(Event.Checked one) {
    List<Event.Checked> all = new ArrayList<>(checked);
    all.add(one);
    return copy(agentSession, model, usage, wrappedUp, candidate, measured, all);
  }

  Attempt ended(Event.AttemptEnded e) {
    return new Attempt(
        number,
        session,
        agent,
        move,
        rung,
        can,
        agentSession,
        model,
        e.usage(),
        wrappedUp,
        Optional.of(e.stop()),
        e.active(),
        candidate,
        measured,
        checked);
  }

  private Attempt copy(
      Optional<String> sessionName,
      Optional<String> modelName,
      Usage use,
      boolean wrapped,
      Optional<Candidate> made,
      Optional<Event.Measured> growth,
      List<Event.Checked> checks) {
    return new Attempt(
        number,
        session,
        agent,
        move,
        rung,
        can,
        sessionName,
        modelName,
        use,
        wrapped,
        stop,
        active,
        made,
        growth,
        checks);
  }

  Attempt with(Event.Measured one) {
    return copy(agentSession, model, usage, wrappedUp, candidate, Optional.of(one), checked);
  }

  public boolean running() {
    return stop.isEmpty();
  }

  /** The last verdict of a check on this candidate. */
  public Optional<Verdict> verdict(CheckName check) {
    return checked.stream()
        .map(Event.Checked::verdict)
        .filter(v -> v.check().equals(check))
        .reduce((_, later) -> later);
  }

  /**
   * Whether the attempt counts against the limit of attempts. Only an attempt in which the agent
   * worked counts.
   */
  public boolean counts() {
    return stop.map(Attempt::counts).orElse(true);
  }

  private static boolean counts(Stop stop) {
    return switch (stop) {
      case Stop.RateLimited _,
          Stop.ProviderDown _,
          Stop.Refused _,
          Stop.Lost _,
          Stop.Interrupted _ ->
          false;
      case Stop.Ended _,
          Stop.Asked _,
          Stop.Cannot _,
          Stop.ContextFull _,
          Stop.TurnLimit _,
          Stop.Crashed _,
          Stop.Silent _,
          Stop.OverLimit _ ->
          true;
    };
  }

  /**
   * Whether checks run on the candidate. They do not if the attempt ended for a reason outside of
   * the task, with a question, or because the agent can't do it.
   */
  public boolean wantsChecks() {
    return stop.map(s -> counts(s) && !(s instanceof Stop.Asked) && !(s instanceof Stop.Cannot))
        .orElse(false);
  }
}

package dev.longe.core;

import java.util.Optional;

/** Decides which words of a human a task accepts in its present state. */
public final class HumanWord {
  private HumanWord() {}

  /**
   * Returns why {@code word} is refused now, in one sentence; empty if it is accepted. A decision
   * must name the task's present candidate, if the task has one. An acceptance must carry its
   * review, unless one of the same attempt was recorded before; a review of the high tier must
   * contain an explanation and a prediction, or a waiver with a reason.
   */
  public static Optional<String> refusal(TaskState s, Event.Word word) {
    return refusalOfOld(s, word).or(() -> incomplete(s, word));
  }

  /**
   * Returns why a word is refused that does not say enough, whatever happens to the task meanwhile:
   * a decision that names no candidate although the task has one, or an acceptance without the
   * review that it needs; empty if it says enough.
   */
  public static Optional<String> incomplete(TaskState s, Event.Word word) {
    return SeenCandidate.missing(s, word).or(() -> MissingReview.of(s, word));
  }

  /**
   * As {@link #refusal}, for a word that was posted before and is taken now. Only a task of release
   * 0.1.0, which has no recorded policy, may have words that do not say enough.
   */
  public static Optional<String> refusalOfPosted(TaskState s, Event.Word word) {
    return s.policySet().isPresent() ? refusal(s, word) : refusalOfOld(s, word);
  }

  /**
   * As {@link #refusal}, for a word that is already recorded or that release 0.1.0 wrote: a
   * decision that names no candidate, and an acceptance that carries no review, are accepted.
   */
  public static Optional<String> refusalOfOld(TaskState s, Event.Word word) {
    return inState(s, word).or(() -> SeenCandidate.changed(s, word));
  }

  private static Optional<String> inState(TaskState s, Event.Word word) {
    if (s.state().closed() && !(word instanceof Event.Outcome)) {
      return Optional.of(s.id() + " is " + s.state().word() + "; a closed task can't be changed.");
    }
    if (s.accepted().isPresent() && undoesAcceptance(word)) {
      return Optional.of(
          s.id() + " is accepted and its landing has not ended; try again when it has ended.");
    }
    return switch (word) {
      case Event.Outcome _ ->
          refuseIf(
              s.state() != State.LANDED,
              s.id() + " is " + s.state().word() + "; only a landed task has an outcome.");
      case Event.Steered _ -> Optional.empty();
      case Event.PauseAsked _ ->
          refuseIf(
              s.state().rests(),
              s.id() + " is " + s.state().word() + "; a task in this state can't be paused.");
      case Event.StopAsked _ ->
          refuseIf(s.state() == State.STOPPED, s.id() + " is already stopped.");
      case Event.Resumed e ->
          refuseIf(
              s.state() != State.STOPPED
                  && s.state() != State.WAITING
                  && !s.pauseAsked()
                  && !raisesBetweenAttempts(s, e),
              s.id()
                  + " is "
                  + s.state().word()
                  + "; only a waiting or stopped task can be resumed."
                  + (s.state() == State.ASKING
                      ? " Answer its question: longe answer " + s.id() + " \"…\""
                      : ""));
      case Event.Answered _ ->
          refuseIf(
              s.state() != State.ASKING,
              s.id()
                  + " is "
                  + s.state().word()
                  + "; only a task that asks a question can be answered.");
      case Event.Rejected _ ->
          refuseIf(
              s.state() != State.PROPOSED && s.state() != State.ASKING,
              s.id() + " is " + s.state().word() + "; only a proposed candidate can be rejected.");
      case Event.Reviewed _ ->
          refuseIf(
              s.state() != State.PROPOSED && s.state() != State.ASKING,
              s.id()
                  + " is "
                  + s.state().word()
                  + "; only a proposed task, or one that asks a question, can be reviewed.");
      case Event.TakenOver _ ->
          refuseIf(
              !s.state().rests() || s.last().isEmpty(),
              s.id()
                  + " is "
                  + s.state().word()
                  + "; a task can be taken over only after an attempt, and while nobody works on"
                  + " it.");
      case Event.Accepted _ -> acceptance(s);
      case Event.Discarded _ ->
          refuseIf(
              s.running().isPresent(),
              s.id() + " is being worked on; stop it before discarding it.");
    };
  }

  /**
   * Whether it sets new limits for a task at work, while no attempt runs under the old ones.
   * Release 0.1.0 refused that, and workflows that it began are replayed; its tasks have no
   * recorded policy.
   */
  private static boolean raisesBetweenAttempts(TaskState s, Event.Resumed word) {
    return s.policySet().isPresent()
        && !s.state().rests()
        && s.running().isEmpty()
        && !word.raise().equals(Limits.Raise.NOTHING);
  }

  /**
   * Whether the word withdraws an acceptance. It may be too late: the target may have moved
   * already, and only the landing finds that out.
   */
  private static boolean undoesAcceptance(Event word) {
    return word instanceof Event.Rejected
        || word instanceof Event.Discarded
        || word instanceof Event.TakenOver;
  }

  private static Optional<String> acceptance(TaskState s) {
    if (s.loop().mode() == Mode.EXPLORE) {
      return Optional.of(
          s.id()
              + " has the mode explore, so it never lands. Read its candidate, then discard the"
              + " task.");
    }
    if (s.reason().equals(Optional.of(Reason.REJECTED)) && !s.state().rests()) {
      return Optional.of(
          "You rejected the candidate of %s. A new attempt is due; «longe resume %s» or «longe serve» makes it."
              .formatted(s.id(), s.id()));
    }
    if (s.state() == State.STOPPED && s.candidate().isPresent()) {
      return Optional.of(
          "%s is stopped, and a stopped task can't be accepted. Continue it first: longe resume %s"
              .formatted(s.id(), s.id()));
    }
    if (s.again().isPresent() && s.acceptable()) {
      return Optional.of(
          s.id()
              + " continues because of an earlier command ("
              + s.again().get().code()
              + "); accept it when this has ended.");
    }
    return refuseIf(
        !s.acceptable() || s.accepted().isPresent(),
        s.id()
            + " is "
            + s.state().word()
            + "; a candidate can be accepted only if every check passed.");
  }

  private static Optional<String> refuseIf(boolean bad, String why) {
    return bad ? Optional.of(why) : Optional.empty();
  }
}

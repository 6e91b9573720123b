package dev.longe.core;

import java.util.List;
import java.util.Optional;

/**
 * Computes the state of a task after an event. The rows of its table of states and events are named
 * in the design document.
 */
final class Fold {
  private Fold() {}

  static TaskState submitted(TaskId id, Event.Submitted e) {
    return new TaskState(
        id,
        e,
        new Event.Framed(Delivery.DEFAULT, List.of()),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        State.QUEUED,
        Optional.empty(),
        "",
        Optional.empty(),
        e.loop().limits(),
        Optional.empty(),
        List.of(),
        List.of(),
        0,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        false,
        false,
        Optional.empty(),
        0,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        0,
        false);
  }

  static TaskState apply(TaskState s, Event event) {
    must(!s.state().closed() || event instanceof Event.Outcome, s, event);
    TaskStateBuilder d = new TaskStateBuilder(s);
    if (!(event instanceof Event.AdmissionAsked)) { // its consequence is in the same append
      d.faults = event instanceof Event.Faulted ? s.faults() + 1 : 0;
      d.setupFailed =
          event instanceof Event.SetupFailed || (s.setupFailed() && event instanceof Event.Word);
    }
    switch (event) {
      case Event.Submitted _ -> throw new IllegalStateException(s.id() + " is already submitted");
      case Event.Framed e -> {
        must(s.state() == State.QUEUED, s, event);
        d.frame = e;
      }
      case Event.Placed e -> {
        must(s.state() == State.QUEUED, s, event);
        d.labels = e.labels();
      }
      case Event.PolicySet e -> {
        must(s.state() == State.QUEUED, s, event);
        d.policySet = Optional.of(e.policy());
      }
      case Event.Left e -> {
        if (!e.session()) {
          s.last().ifPresent(a -> d.replaceLast(a.withoutSession()));
        }
      }
      case Event.Claimed _ -> d.state = s.state() == State.QUEUED ? State.PREPARING : s.state();
      case Event.Prepared e -> {
        must(s.state() == State.PREPARING, s, event);
        d.baseTree = Optional.of(e.baseTree());
      }
      case Event.BaseChecked e -> {
        must(s.state() == State.PREPARING && s.baseTree().isPresent(), s, event);
        d.base.add(e);
      }
      case Event.AttemptStarted e -> start(s, d, e);
      case Event.SessionNamed e -> d.replaceLast(running(s, e.attempt(), event).named(e));
      case Event.Spending e -> d.replaceLast(running(s, e.attempt(), event).spent(e.usage()));
      case Event.WrapUpSent e -> d.replaceLast(running(s, e.attempt(), event).wrapUp());
      case Event.AttemptEnded e -> d.replaceLast(running(s, e.attempt(), event).ended(e));
      case Event.CandidateMade e -> {
        Attempt a = stopped(s, e.attempt(), event);
        must(a.candidate().isEmpty(), s, event);
        d.replaceLast(a.with(e.candidate()));
        d.state = State.CHECKING;
      }
      case Event.Checked e -> {
        must(s.state() == State.CHECKING, s, event);
        d.replaceLast(stopped(s, e.attempt(), event).with(e));
      }
      case Event.Measured e -> {
        must(s.state() == State.CHECKING, s, event);
        d.replaceLast(stopped(s, e.attempt(), event).with(e));
      }
      case Event.Judged e -> {
        must(s.state() == State.CHECKING, s, event);
        Attempt a = stopped(s, e.attempt(), event);
        d.replaceLast(a.spent(a.usage().plus(e.usage())));
      }
      case Event.Decided e -> decided(s, d, e);
      case Event.AdmissionAsked e -> {
        must(s.running().isEmpty(), s, event);
        must(
            s.state() == State.CHECKING
                || (s.state() == State.ATTEMPTING && s.pending().isPresent()),
            s,
            event);
        d.admission = Optional.of(e);
      }
      case Event.Deferred e -> {
        must(s.state() == State.CHECKING || s.state() == State.ATTEMPTING, s, event);
        d.state = State.WAITING;
        d.reason = Optional.of(e.reason());
        d.note = e.detail();
        d.until = Optional.of(e.until());
      }
      case Event.Woken _ -> {
        must(s.state() == State.WAITING, s, event);
        wake(s, d, s.reason().orElseThrow());
      }
      case Event.Steered e -> {
        if (!e.delivered()) {
          d.messages.add(e.message());
        }
      }
      case Event.PauseAsked _ -> d.pauseAsked = true;
      case Event.StopAsked _ -> d.stopAsked = true;
      case Event.Resumed e -> resume(s, d, e);
      case Event.Answered e -> {
        must(s.state() == State.ASKING, s, event);
        humanSaid(s, d, e.text(), Reason.ANSWERED);
      }
      case Event.Rejected e -> {
        must(s.state() == State.PROPOSED || s.state() == State.ASKING, s, event);
        humanSaid(s, d, e.because(), Reason.REJECTED);
      }
      case Event.Reviewed e -> {
        must(s.state() == State.PROPOSED || s.state() == State.ASKING, s, event);
        d.reviews.add(e);
      }
      case Event.TakenOver _ -> {
        must(s.running().isEmpty() && s.state().rests() && s.last().isPresent(), s, event);
        d.attempts.add(Attempt.byHand(s.last().orElseThrow()));
        d.pending = Optional.empty();
        d.interruptedIn = Optional.empty();
        d.humanMark = s.attempts().size();
        d.state = State.ATTEMPTING;
        d.note = "";
      }
      case Event.Accepted e -> {
        must(s.acceptable(), s, event);
        e.review().ifPresent(d.reviews::add);
        d.accepted = Optional.of(e);
        d.state = State.PROPOSED;
        d.note = "";
      }
      case Event.LandingRefused e -> {
        must(s.accepted().isPresent(), s, event);
        d.accepted = Optional.empty();
        d.stopAsked &= !Interruption.endsOnlyTheLanding(s);
        d.note = e.why();
      }
      case Event.Landed e -> {
        must(s.accepted().isPresent(), s, event);
        d.landed = Optional.of(e);
        d.state = State.LANDED;
        d.note = "";
      }
      case Event.Discarded _ -> {
        must(s.running().isEmpty(), s, event);
        d.state = State.DISCARDED;
        d.note = "";
      }
      case Event.Outcome e -> {
        must(s.state() == State.LANDED, s, event);
        d.outcomes.add(e);
      }
      case Event.SetupFailed e -> d.note = e.message();
      case Event.Faulted e -> d.note = e.where() + ": " + e.message();
    }
    return d.done();
  }

  private static void start(TaskState s, TaskStateBuilder d, Event.AttemptStarted e) {
    must(s.state() == State.ATTEMPTING && s.running().isEmpty(), s, e);
    must(e.attempt() == s.attempts().size() + 1, s, e);
    Event.Decided by = s.pending().orElseThrow(() -> illegal(s, e));
    Optional<Attempt> before =
        by.move() == Move.CONTINUE
            ? s.last().filter(a -> a.session() == e.session())
            : Optional.empty();
    d.attempts.add(Attempt.started(e, by, before));
    d.pending = Optional.empty();
    d.messages.clear();
    d.note = "";
  }

  private static void decided(TaskState s, TaskStateBuilder d, Event.Decided e) {
    must(s.running().isEmpty(), s, e);
    d.reason = Optional.of(e.reason());
    d.note = e.evidence();
    d.again = Optional.empty();
    d.until = Optional.empty();
    d.interruptedIn = Interruption.of(s, e);
    switch (e.move()) {
      case CONTINUE, FRESH, HAND_OFF -> {
        if (e.move() == Move.HAND_OFF) {
          d.agentIndex =
              e.reason() == Reason.RATE_LIMITED ? new Quota(s).next() : s.agentIndex() + 1;
        }
        d.pending = Optional.of(e);
        d.state = State.ATTEMPTING;
      }
      case WAIT -> {
        d.state = State.WAITING;
        d.until = e.until();
      }
      case ASK -> d.state = State.ASKING;
      case PROPOSE -> d.state = State.PROPOSED;
      case STOP -> {
        d.state = State.STOPPED;
        d.stopAsked = false;
        d.pending = Optional.empty();
      }
    }
  }

  /**
   * Ends a wait: the deferred attempt or judge continues, or a new decision is taken if none was
   * deferred.
   */
  private static void wake(TaskState s, TaskStateBuilder d, Reason why) {
    if (s.pending().isPresent()) {
      d.state = State.ATTEMPTING;
    } else if (s.reason().filter(r -> r == Reason.BUDGET).isPresent()) {
      d.state = State.CHECKING;
    } else {
      d.again = Optional.of(why);
    }
  }

  /**
   * Resumes the task. If an attempt is still ending because of a pause, the pause is withdrawn and
   * the task continues afterwards.
   */
  private static void resume(TaskState s, TaskStateBuilder d, Event.Resumed e) {
    d.pauseAsked = false;
    d.limits = s.limits().with(e.raise());
    if (s.interruptedIn().isPresent()) {
      d.state = s.interruptedIn().get();
      d.interruptedIn = Optional.empty();
    } else if (s.state() == State.WAITING) {
      wake(s, d, Reason.RESUMED);
    } else if (s.state() == State.STOPPED && s.attempts().isEmpty()) {
      d.state = State.QUEUED;
      d.baseTree = Optional.empty();
      d.base.clear();
    } else if (s.state().rests()) {
      d.again = Optional.of(Reason.RESUMED);
      d.humanMark = s.attempts().size();
    }
  }

  private static void humanSaid(TaskState s, TaskStateBuilder d, String text, Reason reason) {
    d.messages.add(text);
    d.again = Optional.of(reason);
    d.humanMark = s.attempts().size();
  }

  private static Attempt running(TaskState s, int number, Event event) {
    return s.running().filter(a -> a.number() == number).orElseThrow(() -> illegal(s, event));
  }

  private static Attempt stopped(TaskState s, int number, Event event) {
    return s.last()
        .filter(a -> !a.running() && a.number() == number)
        .orElseThrow(() -> illegal(s, event));
  }

  private static void must(boolean holds, TaskState s, Event event) {
    if (!holds) {
      throw illegal(s, event);
    }
  }

  private static IllegalStateException illegal(TaskState s, Event event) {
    return new IllegalStateException(
        event.getClass().getSimpleName()
            + " is not allowed: "
            + s.id()
            + " is "
            + s.state().word());
  }
}

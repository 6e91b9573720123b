package dev.longe.core.policy;

import dev.longe.core.Attempt;
import dev.longe.core.CheckName;
import dev.longe.core.CheckSpec;
import dev.longe.core.Event;
import dev.longe.core.LimitName;
import dev.longe.core.Money;
import dev.longe.core.Move;
import dev.longe.core.Policy;
import dev.longe.core.Quota;
import dev.longe.core.Reason;
import dev.longe.core.State;
import dev.longe.core.TaskState;
import dev.longe.core.Verdict;
import dev.longe.core.Verdicts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides the next step of a task. The decision depends only on the task's events and the policy:
 * it is the same on every engine and at any time.
 */
public final class Decider {
  private Decider() {}

  /**
   * The next step of a task.
   *
   * @param p {@link TaskState#policy()}, or another policy to see its decision
   */
  public static Decision decide(TaskState s, Policy p) {
    if (s.state().closed() || s.running().isPresent()) {
      return new Decision.Rest();
    }
    if (s.accepted().isPresent()) {
      return new Decision.Land(s.accepted().get());
    }
    if (s.faults() >= p.retries().faultsInARow() && s.state() != State.STOPPED) {
      return take(s, Move.STOP, Reason.FAULT, s.note());
    }
    if (s.setupFailed()) {
      return take(s, Move.STOP, Reason.SETUP_FAILED, s.note());
    }
    boolean unsaved = s.last().filter(a -> a.candidate().isEmpty()).isPresent();
    if (s.stopAsked() && s.state() != State.STOPPED && !unsaved) {
      return take(s, Move.STOP, Reason.STOPPED_BY_USER, "");
    }
    return switch (s.state()) {
      case QUEUED -> new Decision.Claim();
      case PREPARING -> preparing(s, p);
      case ATTEMPTING -> unsaved ? new Decision.Snapshot(s.attempts().size()) : attempting(s, p);
      case CHECKING -> checking(s, p);
      case WAITING -> s.again().map(why -> goOn(s, p, why)).orElseGet(() -> takeOver(s));
      case ASKING, PROPOSED, STOPPED ->
          s.again().map(why -> goOn(s, p, why)).orElseGet(Decision.Rest::new);
      case LANDED, DISCARDED -> new Decision.Rest();
    };
  }

  /**
   * When an engine has work for a task: immediately ({@link Instant#EPOCH}), at the end of a wait,
   * or only after a word of a human (empty).
   */
  public static Optional<Instant> readyAt(TaskState s) {
    if (s.running().isPresent() || !(decide(s, s.policy()) instanceof Decision.Rest)) {
      return Optional.of(Instant.EPOCH);
    }
    return s.state() == State.WAITING ? s.until() : Optional.empty();
  }

  /**
   * Whether the task waits before its next setup or check. Tasks of release 0.1.0 wait only before
   * their next attempt.
   */
  private static boolean waits(TaskState s) {
    return s.pauseAsked() && s.policySet().isPresent();
  }

  private static Decision preparing(TaskState s, Policy p) {
    if (waits(s)) {
      return take(s, Move.WAIT, Reason.PAUSED, "");
    }
    if (s.baseTree().isEmpty()) {
      return new Decision.Prepare();
    }
    for (CheckSpec check : s.loop().checks()) {
      if (check.red()) {
        List<Verdict> seen =
            s.base().stream()
                .map(Event.BaseChecked::verdict)
                .filter(v -> v.check().equals(check.name()))
                .toList();
        if (unsettled(seen, p)) {
          return new Decision.CheckBase(check);
        }
        switch (seen.getLast()) {
          case Verdict.Failed _ -> {}
          case Verdict.Passed _, Verdict.Waiting _ -> {
            return take(
                s,
                Move.STOP,
                Reason.RED_NOT_RED,
                "The check «"
                    + check.name()
                    + "» is marked red, but it passes on the base. So it proves nothing about a"
                    + " candidate.");
          }
          case Verdict.Broken b -> {
            return take(s, Move.STOP, Reason.VERIFIER_BROKEN, broken(check.name(), b));
          }
        }
      }
    }
    return take(s, Move.FRESH, Reason.FIRST, "");
  }

  private static Decision attempting(TaskState s, Policy p) {
    Event.Decided pending = s.pending().orElseThrow();
    if (s.pauseAsked()) {
      return take(s, Move.WAIT, Reason.PAUSED, "");
    }
    if (stopsForMoney(s, p)) {
      return outOfMoney(s);
    }
    Optional<Attempt> last = s.last();
    boolean gone = last.flatMap(Attempt::agentSession).isEmpty();
    Move move = pending.move() == Move.CONTINUE && gone ? Move.FRESH : pending.move();
    boolean same = move == Move.CONTINUE;
    int session = last.map(a -> same ? a.session() : a.session() + 1).orElse(1);
    return AdmissionRules.attempt(
        s,
        p,
        new Decision.Start(
            s.attempts().size() + 1,
            session,
            s.agentIndex(),
            s.agent(),
            move,
            pending.reason(),
            same ? last.flatMap(Attempt::agentSession) : Optional.empty()));
  }

  private static Decision checking(TaskState s, Policy p) {
    Attempt attempt = s.last().orElseThrow();
    if (attempt.wantsChecks()) {
      for (CheckSpec check : toRun(s, attempt)) {
        List<Verdict> seen =
            attempt.checked().stream()
                .map(Event.Checked::verdict)
                .filter(v -> v.check().equals(check.name()))
                .toList();
        if (unsettled(seen, p)) {
          if (waits(s)) {
            return take(s, Move.WAIT, Reason.PAUSED, "");
          }
          Decision.Check run = new Decision.Check(attempt.number(), check);
          return check instanceof CheckSpec.Judge ? judge(s, p, run) : run;
        }
      }
    }
    return new Decision.Take(Judgement.of(s, p, attempt));
  }

  private static Decision judge(TaskState s, Policy p, Decision.Check run) {
    return stopsForMoney(s, p) ? outOfMoney(s) : AdmissionRules.judge(s, p, run);
  }

  /** Whether the task's own money is spent, and its policy stops it then. */
  private static boolean stopsForMoney(TaskState s, Policy p) {
    return p.rules().contains(Policy.Rule.SPENT_TASK_STOPS)
        && s.limits().money().left(s.spent().cost().known()).equals(Money.ZERO);
  }

  private static Decision outOfMoney(TaskState s) {
    return take(s, Move.STOP, Reason.LIMIT_MONEY, LimitGauge.shown(s, LimitName.MONEY));
  }

  /**
   * The checks that the harness still has to run. Judges come last, and only if no other check
   * failed, because they cost money.
   */
  private static List<CheckSpec> toRun(TaskState s, Attempt attempt) {
    List<CheckSpec> all = new ArrayList<>();
    List<CheckSpec> judges = new ArrayList<>();
    for (CheckSpec check : s.loop().checks()) {
      switch (check) {
        case CheckSpec.Run _, CheckSpec.Metric _, CheckSpec.Slop _ -> all.add(check);
        case CheckSpec.Judge _ -> judges.add(check);
        case CheckSpec.Human _ -> {}
      }
    }
    boolean open = all.stream().anyMatch(c -> attempt.verdict(c.name()).isEmpty());
    Set<CheckName> asked = judges.stream().map(CheckSpec::name).collect(Collectors.toSet());
    boolean bad =
        Verdicts.of(s, attempt).values().stream()
            .anyMatch(v ->
                v instanceof Verdict.Failed
                    || (v instanceof Verdict.Broken && !asked.contains(v.check())));
    if (open || !bad) {
      all.addAll(judges);
    }
    return all;
  }

  private static boolean unsettled(List<Verdict> seen, Policy p) {
    return seen.isEmpty()
        || (seen.getLast() instanceof Verdict.Broken && seen.size() < p.retries().checkRuns());
  }

  static String broken(CheckName check, Verdict.Broken verdict) {
    return "The check «" + check + "» could not run: " + verdict.fault();
  }

  private static Decision goOn(TaskState s, Policy p, Reason why) {
    Optional<Event.Decided> over = Judgement.overLimit(s, p);
    if (over.isPresent()) {
      return new Decision.Take(over.get());
    }
    boolean another = why == Reason.RATE_LIMITED && new Quota(s).next() != s.agentIndex();
    return take(s, another ? Move.HAND_OFF : Judgement.samePlace(s), why, "");
  }

  /**
   * Decides about a start that was deferred because its agent has no quota: another agent may have
   * quota.
   */
  private static Decision takeOver(TaskState s) {
    boolean quota =
        s.pending().isPresent() && s.reason().filter(r -> r == Reason.RATE_LIMITED).isPresent();
    Quota q = new Quota(s);
    return quota && q.free().isPresent()
        ? new Decision.Take(Judgement.handOff(s, s.until().orElseThrow()))
        : new Decision.Rest();
  }

  private static Decision take(TaskState s, Move move, Reason reason, String evidence) {
    return new Decision.Take(
        new Event.Decided(move, reason, evidence, Optional.empty(), Optional.empty(), s.spent()));
  }
}

package dev.longe.core.policy;

import dev.longe.core.Attempt;
import dev.longe.core.Candidate;
import dev.longe.core.CheckName;
import dev.longe.core.Event;
import dev.longe.core.Mode;
import dev.longe.core.Move;
import dev.longe.core.Policy;
import dev.longe.core.Quota;
import dev.longe.core.Reason;
import dev.longe.core.Stop;
import dev.longe.core.TaskState;
import dev.longe.core.Verdict;
import dev.longe.core.Verdicts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides what follows an attempt whose candidate is saved and checked. */
final class Judgement {
  private final TaskState task;
  private final Policy policy;
  private final Attempt attempt;

  private Judgement(TaskState task, Policy policy, Attempt attempt) {
    this.task = task;
    this.policy = policy;
    this.attempt = attempt;
  }

  static Event.Decided of(TaskState task, Policy policy, Attempt attempt) {
    return new Judgement(task, policy, attempt).judge();
  }

  private Event.Decided judge() {
    if (!attempt.counts() && uncounted() > policy.outages().uncounted()) {
      String evidence = uncounted() + " attempts since your last command ended without a result.";
      return decide(Move.ASK, Reason.PROVIDER_DOWN, evidence);
    }
    return switch (attempt.stop().orElseThrow()) {
      case Stop.Asked a -> decide(Move.ASK, Reason.AGENT_ASKED, a.question());
      case Stop.Cannot c -> decide(Move.ASK, Reason.AGENT_CANNOT, c.why());
      case Stop.RateLimited r -> rateLimited(r);
      case Stop.Refused r -> elsewhere(Reason.AGENT_REFUSED, r.detail());
      case Stop.ProviderDown p ->
          inARow(Stop.ProviderDown.class) >= policy.outages().inARow()
              ? elsewhere(Reason.PROVIDER_DOWN, p.detail())
              : waitUntil(
                  Reason.PROVIDER_DOWN,
                  p.at().plus(policy.outages().waitAfter(inARow(Stop.ProviderDown.class))),
                  p.detail());
      case Stop.Lost _ ->
          inARow(Stop.Lost.class) >= policy.outages().inARow()
              ? decide(Move.ASK, Reason.LOST, "The harness ended during each of the last attempts.")
              : decide(samePlace(task), Reason.LOST, "");
      case Stop.Interrupted _ -> decide(samePlace(task), Reason.RESUMED, "");
      case Stop.Ended _,
          Stop.Crashed _,
          Stop.ContextFull _,
          Stop.TurnLimit _,
          Stop.Silent _,
          Stop.OverLimit _ ->
          afterChecks();
    };
  }

  private Event.Decided rateLimited(Stop.RateLimited limited) {
    if (inARow(Stop.RateLimited.class) > policy.outages().quotaWaits()) {
      return decide(
          Move.ASK, Reason.RATE_LIMITED, "The quota is still used up after several waits.");
    }
    Quota quota = new Quota(task);
    return quota.free().isPresent()
        ? handOff(task, limited.until())
        : waitUntil(Reason.RATE_LIMITED, quota.firstReset().orElse(limited.until()), "");
  }

  private Event.Decided afterChecks() {
    Map<CheckName, Verdict> verdicts = Verdicts.of(task, attempt);
    List<String> broken = new ArrayList<>();
    List<CheckName> waiting = new ArrayList<>();
    boolean failed = false;
    for (Verdict verdict : verdicts.values()) {
      switch (verdict) {
        case Verdict.Passed _ -> {}
        case Verdict.Failed _ -> failed = true;
        case Verdict.Broken b -> broken.add(Decider.broken(b.check(), b));
        case Verdict.Waiting w -> waiting.add(w.check());
      }
    }
    if (!broken.isEmpty()) {
      return decide(Move.ASK, Reason.VERIFIER_BROKEN, String.join("\n", broken));
    }
    if (failed) {
      return notYet();
    }
    if (waiting.contains(CheckName.PROTECTED)) {
      return decide(Move.ASK, Reason.PROTECTED_TOUCHED, question(verdicts, CheckName.PROTECTED));
    }
    if (!waiting.isEmpty()) {
      return decide(Move.ASK, Reason.HUMAN_CHECK, question(verdicts, waiting.getFirst()));
    }
    List<String> rising = Trend.rising(task, policy, attempt);
    if (!rising.isEmpty()) {
      return decide(
          Move.ASK,
          Reason.GETTING_WORSE,
          "Every check passes, but these measures rose with each of the last attempts: "
              + String.join(", ", rising)
              + ".");
    }
    if (task.loop().mode() == Mode.EXPLORE) {
      return decide(Move.PROPOSE, Reason.FINDINGS, "");
    }
    if (attempt.candidate().map(Candidate::tree).equals(task.baseTree())) {
      return decide(
          Move.ASK,
          Reason.NO_CHANGE,
          "Every check passes, but the candidate is equal to the base. So the checks prove"
              + " nothing.");
    }
    return decide(Move.PROPOSE, Reason.CHECKS_PASSED, "");
  }

  private static String question(Map<CheckName, Verdict> verdicts, CheckName check) {
    return verdicts.get(check) instanceof Verdict.Waiting w ? w.question() : check.text();
  }

  private Event.Decided notYet() {
    return overLimit(task, policy).orElseGet(() -> Ladder.next(task, policy, attempt));
  }

  /** The decision to stop because a limit of the whole task is reached; empty if none is. */
  static Optional<Event.Decided> overLimit(TaskState task, Policy policy) {
    return LimitGauge.reached(task, policy)
        .map(limit ->
            decide(
                task,
                Move.STOP,
                Reason.of(limit),
                LimitGauge.shown(task, limit),
                Optional.empty(),
                Optional.empty()));
  }

  /** Hands off to the next agent if the loop names one, else asks the human. */
  private Event.Decided elsewhere(Reason reason, String detail) {
    boolean another = attempt.agent() + 1 < task.loop().agents().size();
    return decide(task.loop().handsOff() && another ? Move.HAND_OFF : Move.ASK, reason, detail);
  }

  /** Continues the same session if it can be resumed, else starts a new one. */
  static Move samePlace(TaskState task) {
    return task.last()
        .filter(a -> a.can().resume() && a.agentSession().isPresent())
        .filter(a -> !(a.stop().orElseThrow() instanceof Stop.ContextFull))
        .map(_ -> Move.CONTINUE)
        .orElse(Move.FRESH);
  }

  private long uncounted() {
    return task.attempts().stream()
        .filter(a -> a.number() > task.humanMark() && !a.counts())
        .count();
  }

  private int inARow(Class<? extends Stop> kind) {
    int count = 0;
    for (Attempt a : task.attempts().reversed()) {
      if (a.number() <= task.humanMark() || !kind.isInstance(a.stop().orElseThrow())) {
        break;
      }
      count++;
    }
    return count;
  }

  /** Hands off to another agent; the used-up quota is available again at {@code until}. */
  static Event.Decided handOff(TaskState task, Instant until) {
    return decide(
        task,
        Move.HAND_OFF,
        Reason.RATE_LIMITED,
        task.agent() + " has no quota left until " + until,
        Optional.empty(),
        Optional.of(until));
  }

  private Event.Decided waitUntil(Reason reason, Instant until, String evidence) {
    return decide(task, Move.WAIT, reason, evidence, Optional.empty(), Optional.of(until));
  }

  private Event.Decided decide(Move move, Reason reason, String evidence) {
    return decide(task, move, reason, evidence, Optional.empty(), Optional.empty());
  }

  static Event.Decided decide(
      TaskState task,
      Move move,
      Reason reason,
      String evidence,
      Optional<Integer> rung,
      Optional<Instant> until) {
    return new Event.Decided(move, reason, evidence, rung, until, task.spent());
  }
}

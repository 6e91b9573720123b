package dev.longe.core.policy;

import dev.longe.core.Breaker;
import dev.longe.core.Event;
import dev.longe.core.Grant;
import dev.longe.core.Mode;
import dev.longe.core.Policy;
import dev.longe.core.Reason;
import dev.longe.core.ReviewLoad;
import dev.longe.core.TaskState;
import dev.longe.core.policy.Decision.Admit.AdmissionFact;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides whether an attempt or a judge may start now. The facts are asked for in this order:
 * reviewers' time, quota, money. The next fact is asked for only if the earlier ones allow the
 * start. Money is last because asking for it reserves it.
 */
final class AdmissionRules {
  private AdmissionRules() {}

  /** Decides to start an attempt, to ask for a fact first, or to defer the start. */
  static Decision attempt(TaskState task, Policy policy, Decision.Start start) {
    Optional<Event.AdmissionAsked> known = task.admission();
    if (start.attempt() == 1 && task.loop().mode() == Mode.EXECUTE) {
      Optional<ReviewLoad> load = known.flatMap(Event.AdmissionAsked::reviewers);
      if (load.isEmpty()) {
        return new Decision.Admit(AdmissionFact.REVIEWERS);
      }
      if (ReviewTime.full(load.get(), policy.reviewing())) {
        return reviewersAreBusy(known.get().at(), load.get(), policy.reviewing());
      }
    }
    Optional<Breaker> quota = known.flatMap(Event.AdmissionAsked::quota);
    if (quota.isEmpty()) {
      return new Decision.Admit(AdmissionFact.QUOTA);
    }
    Optional<Instant> open = quota.get().openUntil();
    if (open.isPresent()) {
      return defer(
          Reason.RATE_LIMITED,
          open.get(),
          "The quota of " + start.spec().driver() + " is used up.");
    }
    return money(
        known, policy, start, "The money for the day is spent, or reserved by other tasks.");
  }

  /**
   * Decides to run a judge, to ask for money first, or to defer the run. A judge spends money too.
   */
  static Decision judge(TaskState task, Policy policy, Decision.Check run) {
    return money(
        task.admission(),
        policy,
        run,
        "The money for the day is spent, or reserved by other tasks; a judge needs some.");
  }

  private static Decision money(
      Optional<Event.AdmissionAsked> known, Policy policy, Decision admitted, String otherwise) {
    Optional<Grant> grant = known.flatMap(Event.AdmissionAsked::money);
    if (grant.isEmpty()) {
      return new Decision.Admit(AdmissionFact.MONEY);
    }
    if (grant.get().money().micros() > 0) {
      return admitted;
    }
    Instant soon = known.get().at().plus(policy.retries().moneyRetry());
    Instant more = grant.get().more();
    return defer(Reason.BUDGET, soon.isBefore(more) ? soon : more, otherwise);
  }

  private static Decision reviewersAreBusy(Instant at, ReviewLoad load, Policy.Reviewing policy) {
    return defer(
        Reason.REVIEW_CAPACITY,
        at.plus(policy.retry()),
        "%d lines wait for review, and the reviewers have time for %d this week; review some, or raise review.minutes."
            .formatted(load.waiting(), Math.round(ReviewTime.linesPossible(load, policy))));
  }

  private static Decision defer(Reason reason, Instant until, String detail) {
    return new Decision.Defer(new Event.Deferred(reason, until, detail));
  }
}

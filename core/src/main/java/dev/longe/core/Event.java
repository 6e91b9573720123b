package dev.longe.core;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What happened to a task. Events only ever get added to a journal; each type has a version of its
 * own there.
 */
public sealed interface Event {
  /** What a human may say to a task. */
  sealed interface Word extends Event {}

  /**
   * A human's decision about a candidate. Release 0.1.0 did not write down which; every newer word
   * names the one that the human saw, where the task has one.
   */
  sealed interface OnCandidate extends Word {
    /** The commit that the human saw; empty where the task has no candidate. */
    Optional<Commit> candidate();
  }

  /** The human's review that the event carries, if it carries one. */
  default Optional<Reviewed> review() {
    return Optional.empty();
  }

  /** A task was put into the queue, with all that decides about it. */
  record Submitted(String text, Source source, Loop loop) implements Event {
    public Submitted {
      Require.text(text, "task");
    }

    /** The same task, with its repository under another name: on another machine, or elsewhere. */
    public Submitted in(String repository) {
      return new Submitted(text, new Source(repository, source.target(), source.base()), loop);
    }
  }

  /** What else holds for the task: how it lands, and what its repository says always holds. */
  record Framed(Delivery delivery, List<Invariant> invariants) implements Event {
    public Framed {
      invariants = List.copyOf(invariants);
    }
  }

  /** What the machine that works on the task must offer. */
  record Placed(List<String> labels) implements Event {
    public Placed {
      labels = List.copyOf(labels);
    }
  }

  /** By which policy the task is decided. */
  record PolicySet(Policy policy) implements Event {}

  /**
   * The task does not go on where it was: its machine was lost, or gave it up.
   *
   * @param session whether the agent's session can go on elsewhere; else it is gone
   */
  record Left(String machine, boolean session, String why) implements Event {
    public Left {
      Require.text(machine, "machine");
      Require.text(why, "why");
    }
  }

  /** A machine took the task's lease; an effect of an older generation is refused from now on. */
  record Claimed(long generation, String machine) implements Event {}

  /** Clone and check checkout stand, and the loop's setup ran in both. */
  record Prepared(String baseTree) implements Event {}

  /** A check marked {@code red} ran on the base. */
  record BaseChecked(Verdict verdict, Receipt receipt) implements Event {}

  /**
   * A prompt went to an agent.
   *
   * @param attempt counts from 1
   * @param session counts from 1; attempts of one session share it
   * @param agent index into the loop's agents
   * @param reserved money taken out of every budget of the task until the attempt is settled
   */
  record AttemptStarted(
      int attempt, int session, int agent, Capabilities can, long generation, Money reserved)
      implements Event {}

  /** The agent told the name of its own session and the model it uses. */
  record SessionNamed(int attempt, String agentSession, Optional<String> model) implements Event {}

  /** What the running attempt has used so far. */
  record Spending(int attempt, Usage usage) implements Event {}

  /**
   * A limit is near and the agent was told to wrap up; {@code delivered} if its driver could tell
   * it.
   */
  record WrapUpSent(int attempt, LimitName limit, boolean delivered) implements Event {}

  /** The attempt is over; {@code usage} and {@code active} are its totals. */
  record AttemptEnded(int attempt, Stop stop, Usage usage, Duration active) implements Event {}

  /** The whole tree is a commit under a ref. */
  record CandidateMade(int attempt, Candidate candidate) implements Event {}

  /** A check spoke about the candidate of an attempt. */
  record Checked(int attempt, Verdict verdict, Receipt receipt) implements Event {}

  /**
   * A judge gave its opinions about the candidate of an attempt; a human's later word about the
   * same candidate is their label.
   *
   * @param model which model judged, where it is known
   * @param usage what that used; counts for the attempt
   */
  record Judged(
      int attempt, CheckName check, List<Opinion> opinions, Optional<String> model, Usage usage)
      implements Event {
    public Judged {
      opinions = List.copyOf(opinions);
    }
  }

  /**
   * The code of an attempt's candidate was measured against the base's.
   *
   * @param remarks what it adds or makes worse, the refused ones first, at most {@value
   *     #REMARKS_MAX}
   * @param more how many remarks were left out
   */
  record Measured(int attempt, List<Growth> growth, List<Remark> remarks, int more)
      implements Event {
    /** How many remarks are kept of one candidate. */
    public static final int REMARKS_MAX = 60;

    public Measured {
      growth = List.copyOf(growth);
      remarks = List.copyOf(remarks);
      Require.that(remarks.size() <= REMARKS_MAX, "too many remarks");
    }
  }

  /**
   * The harness decided.
   *
   * @param rung the step of the loop's moves that this uses up, where it uses one
   * @param until when a wait is over by itself
   * @param price what the task has cost so far
   */
  record Decided(
      Move move,
      Reason reason,
      String evidence,
      Optional<Integer> rung,
      Optional<Instant> until,
      Usage price)
      implements Event {}

  /**
   * What the harness learned when it asked whether an attempt or a judge may start now. Each fact
   * is there if it was asked for. It holds for the next event alone, which is written with it.
   *
   * @param at when it asked
   * @param reviewers their time, for the first attempt of a change
   * @param quota the agent's quota
   * @param money what was reserved
   */
  record AdmissionAsked(
      Instant at, Optional<ReviewLoad> reviewers, Optional<Breaker> quota, Optional<Grant> money)
      implements Event {
    /** Nothing is known yet. */
    public static AdmissionAsked nothing(Instant at) {
      return new AdmissionAsked(at, Optional.empty(), Optional.empty(), Optional.empty());
    }

    public AdmissionAsked with(ReviewLoad load) {
      return new AdmissionAsked(at, Optional.of(load), quota, money);
    }

    public AdmissionAsked with(Breaker breaker) {
      return new AdmissionAsked(at, reviewers, Optional.of(breaker), money);
    }

    public AdmissionAsked with(Grant grant) {
      return new AdmissionAsked(at, reviewers, quota, Optional.of(grant));
    }
  }

  /** An attempt or a judge could not start yet: reviewers' time, a quota or the day's money. */
  record Deferred(Reason reason, Instant until, String detail) implements Event {}

  /** The time that the task waited for has come. */
  record Woken() implements Event {}

  /** A human's message to the agent; {@code delivered} if it reached the running attempt. */
  record Steered(String message, boolean delivered) implements Word {
    public Steered {
      Require.text(message, "message");
    }
  }

  /** A human wants no further attempt to start. */
  record PauseAsked() implements Word {}

  /** A human wants the task to end here, resumable. */
  record StopAsked() implements Word {}

  /** A human wants it to go on, with new limits where given. */
  record Resumed(Limits.Raise raise) implements Word {}

  /** A human answered the question. */
  record Answered(String text, Optional<Commit> candidate) implements OnCandidate {
    public Answered {
      Require.text(text, "answer");
    }
  }

  /**
   * A human looked at a candidate. Acceptance carries its review; by itself it stands in journals
   * of release 0.1.0, right before the acceptance.
   *
   * @param by name and address
   * @param took from the first look to the word
   * @param lines how many changed lines there were to read
   */
  record Reviewed(
      int attempt, String by, Tier tier, List<Insight> insights, Duration took, int lines)
      implements Word {
    public Reviewed {
      Require.text(by, "reviewer");
      insights = List.copyOf(insights);
    }

    @Override
    public Optional<Reviewed> review() {
      return Optional.of(this);
    }
  }

  /** A human changed the agent's tree; what stands there now is to be checked. */
  record TakenOver(String by, Optional<Commit> candidate) implements OnCandidate {
    public TakenOver {
      Require.text(by, "who");
    }
  }

  /**
   * A human accepted the candidate, human checks and touched protected paths included.
   *
   * @param branchOnly whether it goes onto a branch of its own in place of the target
   * @param review what the human did to understand it; empty where this attempt was reviewed before
   */
  record Accepted(
      String by, boolean branchOnly, Optional<Commit> candidate, Optional<Reviewed> review)
      implements OnCandidate {}

  /** A human sent the candidate back. */
  record Rejected(String because, Optional<Commit> candidate) implements OnCandidate {
    public Rejected {
      Require.text(because, "reason");
    }
  }

  /** A human threw the work away. */
  record Discarded(Optional<Commit> candidate) implements OnCandidate {}

  /** The change is on its ref; {@code checks} are the runs on exactly that commit. */
  record Landed(Commit commit, String ref, List<Checked> checks) implements Event {
    public Landed {
      checks = List.copyOf(checks);
    }
  }

  /** The change could not land; nothing of the user's was touched. */
  record LandingRefused(String why, List<Checked> checks) implements Event {
    public LandingRefused {
      checks = List.copyOf(checks);
    }
  }

  /** What became of a landed change later. */
  record Outcome(Fate fate, Commit commit, String detail) implements Word {
    /** What can become of it. */
    public enum Fate {
      /** Taken back whole. */
      REVERTED,
      /** Most of its lines were written anew soon afterwards. */
      REWRITTEN
    }
  }

  /** The harness failed at its own work, not the agent and not a check. */
  record Faulted(String where, String message) implements Event {}
}

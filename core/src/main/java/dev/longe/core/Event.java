package dev.longe.core;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Something that happened to a task. Events are only ever added to a journal. Each event type has
 * its own version there.
 */
public sealed interface Event {
  /** A word of a human: an instruction, decision or statement that a human gives about a task. */
  sealed interface Word extends Event {}

  /**
   * A human's decision about a candidate. Release 0.1.0 did not record which candidate; later
   * releases record the one that the human saw, if the task has one.
   */
  sealed interface OnCandidate extends Word {
    /** The commit that the human saw; empty if the task has no candidate. */
    Optional<Commit> candidate();
  }

  /** The human's review that is part of the event; empty if there is none. */
  default Optional<Reviewed> review() {
    return Optional.empty();
  }

  /** A task was put into the queue, with its text, source and loop. */
  record Submitted(String text, Source source, Loop loop) implements Event {
    public Submitted {
      Require.text(text, "task");
    }

    /** The same task with another path of its repository, for example on another machine. */
    public Submitted in(String repository) {
      return new Submitted(text, new Source(repository, source.target(), source.base()), loop);
    }
  }

  /** How the task's change lands, and the invariants of its repository. */
  record Framed(Delivery delivery, List<Invariant> invariants) implements Event {
    public Framed {
      invariants = List.copyOf(invariants);
    }
  }

  /** The labels that a machine must have to work on the task. */
  record Placed(List<String> labels) implements Event {
    public Placed {
      labels = List.copyOf(labels);
    }
  }

  /** The policy for the decisions about the task. */
  record PolicySet(Policy policy) implements Event {}

  /**
   * The task left its machine: the machine was lost, or it released the task.
   *
   * @param session whether the agent's session can be resumed on another machine
   */
  record Left(String machine, boolean session, String why) implements Event {
    public Left {
      Require.text(machine, "machine");
      Require.text(why, "why");
    }
  }

  /** A machine took the task's lease; effects of older generations are refused from now on. */
  record Claimed(long generation, String machine) implements Event {}

  /** The agent's clone and the check checkout were created, and the loop's setup ran in both. */
  record Prepared(String baseTree) implements Event {}

  /** A check marked {@code red} ran on the base. */
  record BaseChecked(Verdict verdict, Receipt receipt) implements Event {}

  /**
   * A prompt was sent to an agent.
   *
   * @param attempt counts from 1
   * @param session counts from 1; attempts of one session share it
   * @param agent index into the loop's agents
   * @param reserved US dollars reserved in every budget until the attempt is settled
   */
  record AttemptStarted(
      int attempt, int session, int agent, Capabilities can, long generation, Money reserved)
      implements Event {}

  /** The agent reported its own name of the session and the model it uses. */
  record SessionNamed(int attempt, String agentSession, Optional<String> model) implements Event {}

  /** What the running attempt has used so far. */
  record Spending(int attempt, Usage usage) implements Event {}

  /** A limit is near and the agent was told to wrap up; {@code delivered} if its driver did so. */
  record WrapUpSent(int attempt, LimitName limit, boolean delivered) implements Event {}

  /** The attempt ended; {@code usage} and {@code active} are its totals. */
  record AttemptEnded(int attempt, Stop stop, Usage usage, Duration active) implements Event {}

  /** The working tree was committed under a ref as a candidate. */
  record CandidateMade(int attempt, Candidate candidate) implements Event {}

  /** A check ran on the candidate of an attempt. */
  record Checked(int attempt, Verdict verdict, Receipt receipt) implements Event {}

  /**
   * A judge gave its opinions about an attempt's candidate. A human's later decision about the same
   * candidate is their label.
   *
   * @param model the model that judged, if known
   * @param usage the use of the judge; counted as use of the attempt
   */
  record Judged(
      int attempt, CheckName check, List<Opinion> opinions, Optional<String> model, Usage usage)
      implements Event {
    public Judged {
      opinions = List.copyOf(opinions);
    }
  }

  /**
   * The code of an attempt's candidate was measured and compared with the base.
   *
   * @param remarks at most {@value #REMARKS_MAX} findings, those that refuse the candidate first
   * @param more the number of remarks left out
   */
  record Measured(int attempt, List<Growth> growth, List<Remark> remarks, int more)
      implements Event {
    /** The maximum number of remarks recorded for one candidate. */
    public static final int REMARKS_MAX = 60;

    public Measured {
      growth = List.copyOf(growth);
      remarks = List.copyOf(remarks);
      Require.that(remarks.size() <= REMARKS_MAX, "too many remarks");
    }
  }

  /**
   * The harness took a decision.
   *
   * @param rung the index of the step in the loop's moves that this uses up, if any
   * @param until when a wait ends without a human
   * @param price the cost of the task so far
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
   * The facts that decide whether an attempt or a judge may start now. A fact is present if it was
   * asked for. The facts apply only to the next event, written in the same transaction.
   *
   * @param at when the harness asked
   * @param reviewers the load of the reviewers, for the first attempt of a change
   * @param quota the quota account of the agent
   * @param money the money that was reserved
   */
  record AdmissionAsked(
      Instant at, Optional<ReviewLoad> reviewers, Optional<Breaker> quota, Optional<Grant> money)
      implements Event {
    /** No fact is known yet. */
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

  /** An attempt or a judge waits for reviewers' time, quota or the day's money. */
  record Deferred(Reason reason, Instant until, String detail) implements Event {}

  /** A wait of the task ended. */
  record Woken() implements Event {}

  /** A human sent the agent a message; {@code delivered} if it reached the running attempt. */
  record Steered(String message, boolean delivered) implements Word {
    public Steered {
      Require.text(message, "message");
    }
  }

  /** A human asked to pause the task: no further attempt starts. */
  record PauseAsked() implements Word {}

  /** A human asked to stop the task. It can be resumed. */
  record StopAsked() implements Word {}

  /** A human resumed the task, with new limits if given. */
  record Resumed(Limits.Raise raise) implements Word {}

  /** A human answered the task's question. */
  record Answered(String text, Optional<Commit> candidate) implements OnCandidate {
    public Answered {
      Require.text(text, "answer");
    }
  }

  /**
   * A human reviewed a candidate. The review is part of the acceptance; in journals of release
   * 0.1.0 it is a separate event right before it.
   *
   * @param by name and email address
   * @param took time from the first look to the decision
   * @param lines the number of changed lines to read
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

  /** A human changed the agent's tree. Its present content is checked next. */
  record TakenOver(String by, Optional<Commit> candidate) implements OnCandidate {
    public TakenOver {
      Require.text(by, "who");
    }
  }

  /**
   * A human accepted the candidate, including its human checks and touched protected paths.
   *
   * @param branchOnly whether the change lands on a branch of its own instead of the target
   * @param review what the human did to understand it; empty if this attempt was reviewed before
   */
  record Accepted(
      String by, boolean branchOnly, Optional<Commit> candidate, Optional<Reviewed> review)
      implements OnCandidate {}

  /** A human rejected the candidate and gave a reason. */
  record Rejected(String because, Optional<Commit> candidate) implements OnCandidate {
    public Rejected {
      Require.text(because, "reason");
    }
  }

  /** A human discarded the work. */
  record Discarded(Optional<Commit> candidate) implements OnCandidate {}

  /** The change landed on its ref; {@code checks} are the runs on exactly that commit. */
  record Landed(Commit commit, String ref, List<Checked> checks) implements Event {
    public Landed {
      checks = List.copyOf(checks);
    }
  }

  /** The change could not land. The user's repository was not changed. */
  record LandingRefused(String why, List<Checked> checks) implements Event {
    public LandingRefused {
      checks = List.copyOf(checks);
    }
  }

  /** What happened to a landed change later. */
  record Outcome(Fate fate, Commit commit, String detail) implements Word {
    /** The possible fates of a landed change. */
    public enum Fate {
      /** The whole change was reverted. */
      REVERTED,
      /** Most of its lines were rewritten soon afterwards. */
      REWRITTEN
    }
  }

  /**
   * The setup command of the loop failed: the user's own command, not the harness.
   *
   * @param message its command, how it ended, what it printed, and what a person can do
   */
  record SetupFailed(String message) implements Event {
    public SetupFailed {
      Require.text(message, "message");
    }
  }

  /** The harness itself failed, not the agent and not a check. */
  record Faulted(String where, String message) implements Event {}
}

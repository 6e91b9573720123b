package dev.longe.core;

import java.time.Duration;
import java.util.List;

/**
 * The constants that decisions use. The policy of a task is recorded in its journal when it is
 * submitted, so that a later release takes the same decisions for it. Limits, moves and checks
 * belong to the loop; the money for a day, reviewing minutes and slots belong to the user's
 * settings.
 */
public record Policy(
    Retries retries,
    Outages outages,
    Session session,
    Reviewing reviewing,
    Tiers tiers,
    Clarity clarity) {

  /**
   * How often something is tried again, and when a limit counts as near.
   *
   * @param wrapUpPart part of a limit, 0 to 1, at which the agent is told to wrap up. 0.8: own
   *     choice, leaves a fifth of the limit for it
   * @param checkRuns runs of a check that could not be carried out, after which that is its
   *     verdict. 2: own choice, one repetition tells a transient failure from a persistent one
   * @param faultsInARow failures of the harness in a row after which a task stops. 2: own choice,
   *     as for a check
   * @param moneyRetry how long a task waits for the day's money before it asks again; money that is
   *     reserved may come back before the day is over. 10 min: own choice
   */
  public record Retries(double wrapUpPart, int checkRuns, int faultsInARow, Duration moneyRetry) {
    public Retries {
      Require.that(
          wrapUpPart > 0 && wrapUpPart <= 1, "wrap-up part must be greater than 0 and at most 1");
      Require.positive(checkRuns, "runs of a check");
      Require.positive(faultsInARow, "faults in a row");
      Require.positive(moneyRetry, "retry for money");
    }
  }

  /**
   * Bounds for attempts that end for a cause outside of the task. Such attempts do not count
   * against the limit of attempts.
   *
   * @param inARow attempts in a row that may end for the same cause before another agent or a human
   *     is asked. 3: own choice, two waits are longer than a usual short outage
   * @param waits how long the task waits after the first, the second, … outage in a row; the last
   *     value applies to all later ones. 1, 5, 15 min: own choice
   * @param quotaWaits waits for a quota in a row before a human is asked. 20: own choice, four days
   *     with a five-hour quota
   * @param uncounted attempts of all such causes together since the last word of a human, after
   *     which a human is asked. 60: own choice, three times {@code quotaWaits}
   */
  public record Outages(int inARow, List<Duration> waits, int quotaWaits, int uncounted) {
    public Outages {
      Require.positive(inARow, "outages in a row");
      waits = List.copyOf(waits);
      Require.that(!waits.isEmpty(), "there must be at least one wait after an outage");
      waits.forEach(w -> Require.positive(w, "wait after an outage"));
      Require.positive(quotaWaits, "waits for a quota");
      Require.positive(uncounted, "uncounted attempts");
    }

    /** How long the task waits after the {@code n}-th outage in a row; counts from 1. */
    public Duration waitAfter(int n) {
      return waits.get(Math.min(n, waits.size()) - 1);
    }
  }

  /**
   * When a session gets no further message.
   *
   * @param sameFailures attempts in a row that fail in the same way. 3: debugging ability falls by
   *     60–80 % within two to three attempts in one session (Debugging Decay Index, arXiv
   *     2506.18403)
   * @param risingAttempts measured attempts in a row, each of which makes the code worse. 3: own
   *     choice; agents' code grows in 80–90 % of long trajectories, and prompts do not stop that
   *     (SlopCodeBench)
   * @param unusualRank part, 0 to 1, of the repository's own commits; growth counts if at least
   *     this part of the commits grew less. 0.75: own choice, three quarters of the commits
   */
  public record Session(int sameFailures, int risingAttempts, double unusualRank) {
    public Session {
      Require.that(sameFailures > 1, "same failures must be at least 2");
      Require.that(risingAttempts > 1, "rising attempts must be at least 2");
      Require.that(unusualRank >= 0 && unusualRank <= 1, "unusual rank must be between 0 and 1");
    }
  }

  /**
   * How the review capacity is computed.
   *
   * @param ratedReviews reviews of one reviewer from which on the reviewer's own rate is used
   *     instead of the one in the settings. 5: own choice
   * @param linesAnHourMax upper bound of the rate, in lines per hour. 500: a faster reader skims
   *     (SmartBear's study at Cisco)
   * @param retry how long a task that waits for reviewers waits before it asks again. 5 min: own
   *     choice
   */
  public record Reviewing(int ratedReviews, int linesAnHourMax, Duration retry) {
    public Reviewing {
      Require.positive(ratedReviews, "rated reviews");
      Require.positive(linesAnHourMax, "lines an hour");
      Require.positive(retry, "retry for reviewers");
    }
  }

  /**
   * The sizes above which a change gets a higher tier. A change passes a bound if its value is
   * greater than the bound.
   *
   * @param highLines changed lines of a high-tier change. 400: reviews of more lines find fewer
   *     defects; the usual upper bound of one review (200–400 lines, SmartBear)
   * @param mediumLines changed lines of a medium-tier change. 100: own choice, half of a usual
   *     review
   * @param mediumFiles changed files of a medium-tier change. 5: own choice
   * @param mediumAttempts attempts from which on a change is medium-tier. 3: own choice
   */
  public record Tiers(int highLines, int mediumLines, int mediumFiles, int mediumAttempts) {
    public Tiers {
      Require.that(mediumLines < highLines, "medium lines must be fewer than high lines");
      Require.positive(mediumLines, "medium lines");
      Require.positive(mediumFiles, "medium files");
      Require.positive(mediumAttempts, "medium attempts");
    }
  }

  /**
   * When a task's text leaves questions open.
   *
   * @param wordsMin words that describe what is to change. 4: own choice
   * @param goalsMax maximum number of items in a list of goals of one task. 5: own choice
   */
  public record Clarity(int wordsMin, int goalsMax) {
    public Clarity {
      Require.positive(wordsMin, "words");
      Require.positive(goalsMax, "goals");
    }
  }

  /**
   * The policy of release 0.1.0, which did not record one. It applies to tasks without a policy in
   * their journal, and it never changes.
   */
  public static final Policy V0_1_0 =
      new Policy(
          new Retries(0.8, 2, 2, Duration.ofMinutes(10)),
          new Outages(
              3,
              List.of(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(15)),
              20,
              60),
          new Session(3, 3, 0.75),
          new Reviewing(5, 500, Duration.ofMinutes(5)),
          new Tiers(400, 100, 5, 3),
          new Clarity(4, 5));

  /** The policy of new tasks. */
  public static final Policy DEFAULT = V0_1_0;
}

package dev.longe.core;

import java.util.Locale;

/** The reason for a decision. Its code is the name in lower case with dashes. */
public enum Reason {
  FIRST("the task's first attempt"),
  CHECKS_PASSED("every check passed on this candidate"),
  CHECKS_FAILED("a check failed, and there is no earlier result to compare with"),
  PROGRESS("fewer cases fail than in every earlier attempt, or a metric improved"),
  CRITERION_FLAT("the failing checks made no progress in this attempt"),
  NO_CHANGE("the attempt did not change the tree"),
  TREE_SEEN("the tree is the same as one that failed before"),
  SAME_FAILURE("the checks failed in the same way three times in a row"),
  CONTEXT_FULL("the session's context is full"),
  SILENT("the attempt had no output, file change or processor use for the allowed time"),
  CRASHED("the agent program failed"),
  AGENT_ASKED("the agent asks a question"),
  AGENT_CANNOT("the agent says that it cannot be done as asked"),
  AGENT_REFUSED("the provider refused the agent, for example its credentials"),
  RATE_LIMITED("the quota of the agent is used up until its reset time"),
  PROVIDER_DOWN("the provider cannot be reached or fails"),
  LOST("the harness ended while the attempt ran"),
  HUMAN_CHECK("a check is a question that only a human can answer"),
  PROTECTED_TOUCHED("the candidate changes protected paths"),
  VERIFIER_BROKEN("a check could not run, twice in a row"),
  RED_NOT_RED("a check marked red passes on the base"),
  LIMIT_ATTEMPTS("the limit of attempts is reached"),
  LIMIT_MONEY("the limit of money is reached"),
  LIMIT_TOKENS("the limit of tokens is reached"),
  LIMIT_TIME("the limit of time is reached"),
  LIMIT_OUTPUT("the attempt printed more than is allowed"),
  MOVES_EXHAUSTED("no move of the loop is left"),
  BUDGET("the money for the day is spent or reserved"),
  PAUSED("a human paused the task"),
  RESUMED("a human resumed the task"),
  ANSWERED("a human answered"),
  REJECTED("a human rejected the candidate"),
  STOPPED_BY_USER("a human stopped the task"),
  FAULT("a step around the attempts could not be carried out, twice in a row"),
  SETUP_FAILED("the setup of the loop failed"),
  GETTING_WORSE("the code got worse with each of the last three attempts"),
  REVIEW_CAPACITY("more work waits for review than the reviewers have time for"),
  FINDINGS("an explore task has findings");

  private final String meaning;

  Reason(String meaning) {
    this.meaning = meaning;
  }

  public String meaning() {
    return meaning;
  }

  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static Reason of(LimitName limit) {
    return switch (limit) {
      case ATTEMPTS -> LIMIT_ATTEMPTS;
      case MONEY -> LIMIT_MONEY;
      case TOKENS -> LIMIT_TOKENS;
      case TIME -> LIMIT_TIME;
      case OUTPUT -> LIMIT_OUTPUT;
      case SILENCE -> SILENT;
      case DIFF -> CHECKS_FAILED;
      case DAY -> BUDGET;
    };
  }
}

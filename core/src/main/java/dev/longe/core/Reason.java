package dev.longe.core;

import java.util.Locale;

/** Why a decision was taken. The code is the name in lower case with dashes. */
public enum Reason {
  FIRST("the task's first attempt"),
  CHECKS_PASSED("every check passed on this candidate"),
  CHECKS_FAILED("a check failed; nothing is known yet about progress"),
  PROGRESS("fewer cases fail than ever before, or a metric improved"),
  CRITERION_FLAT("the attempt brought the failing checks no further"),
  NO_CHANGE("the attempt changed nothing in the tree"),
  TREE_SEEN("the tree is one that was refused before"),
  SAME_FAILURE("the same failure three times in a row"),
  CONTEXT_FULL("the session's context is full"),
  SILENT("no output, no change and no processor use for the time allowed"),
  CRASHED("the agent program failed"),
  AGENT_ASKED("the agent asks a question"),
  AGENT_CANNOT("the agent says that it cannot be done as asked"),
  AGENT_REFUSED("the provider turned the agent away"),
  RATE_LIMITED("the account's quota is used up until the reset"),
  PROVIDER_DOWN("the provider can't be reached or fails"),
  LOST("the harness died while the attempt ran"),
  HUMAN_CHECK("a check is a question to the human"),
  PROTECTED_TOUCHED("the candidate changes protected paths"),
  VERIFIER_BROKEN("a check could not be carried out, twice"),
  RED_NOT_RED("a check marked red passes on the base already"),
  LIMIT_ATTEMPTS("the limit of attempts is reached"),
  LIMIT_MONEY("the limit of money is reached"),
  LIMIT_TOKENS("the limit of tokens is reached"),
  LIMIT_TIME("the limit of time is reached"),
  LIMIT_OUTPUT("the attempt printed more than allowed"),
  MOVES_EXHAUSTED("the loop names no further move"),
  BUDGET("the day's money is reserved or spent"),
  PAUSED("a human paused the task"),
  RESUMED("a human resumed the task"),
  ANSWERED("a human answered"),
  REJECTED("a human rejected the candidate"),
  STOPPED_BY_USER("a human stopped the task"),
  FAULT("the harness could not carry out its own work"),
  GETTING_WORSE("each of the last attempts left the code worse than the one before"),
  REVIEW_CAPACITY("more finished work waits for review than the reviewers have time for"),
  FINDINGS("an explore task has its findings");

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

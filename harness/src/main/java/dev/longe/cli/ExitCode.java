package dev.longe.cli;

import dev.longe.core.State;
import dev.longe.core.TaskState;

/** The exit codes of {@code longe}. */
enum ExitCode {
  OK(0, "success; for run: the task is proposed or landed"),
  FAULT(1, "a fault of Longe or of its environment; the message on standard error says which"),
  USAGE(
      2,
      "an error in the command line, the loop file or the settings, or a command or landing that"
          + " was refused; nothing was started or landed"),
  ASKS(10, "the task asks a human a question"),
  LIMIT(11, "the task stopped at a limit"),
  NO_WAY(
      12,
      "the task stopped because no move is left, a check can't decide, or its setup failed; for"
          + " quality --fail: the change hides an error"),
  BY_USER(13, "the task was stopped, paused or discarded by the user"),
  INTERRUPTED(130, "interrupted with Ctrl-C; the task of «longe run» is kept and can be resumed");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  int code() {
    return code;
  }

  String meaning() {
    return meaning;
  }

  /** The exit code of {@code run} for a task that needs a human. */
  static ExitCode of(TaskState task) {
    return switch (task.state()) {
      case PROPOSED, LANDED -> OK;
      case ASKING -> ASKS;
      case DISCARDED, WAITING -> BY_USER;
      case STOPPED -> ofStopped(task);
      case QUEUED, PREPARING, ATTEMPTING, CHECKING ->
          throw new IllegalStateException(task.id() + " is " + task.state());
    };
  }

  private static ExitCode ofStopped(TaskState task) {
    if (task.state() != State.STOPPED) {
      throw new IllegalStateException("not stopped");
    }
    return switch (task.reason().orElseThrow()) {
      case LIMIT_ATTEMPTS, LIMIT_MONEY, LIMIT_TOKENS, LIMIT_TIME, LIMIT_OUTPUT, BUDGET -> LIMIT;
      case STOPPED_BY_USER -> BY_USER;
      case FAULT -> FAULT;
      case FIRST,
          CHECKS_PASSED,
          CHECKS_FAILED,
          PROGRESS,
          CRITERION_FLAT,
          NO_CHANGE,
          TREE_SEEN,
          SAME_FAILURE,
          CONTEXT_FULL,
          SILENT,
          CRASHED,
          AGENT_ASKED,
          AGENT_CANNOT,
          AGENT_REFUSED,
          RATE_LIMITED,
          PROVIDER_DOWN,
          LOST,
          HUMAN_CHECK,
          PROTECTED_TOUCHED,
          VERIFIER_BROKEN,
          RED_NOT_RED,
          MOVES_EXHAUSTED,
          PAUSED,
          RESUMED,
          ANSWERED,
          REJECTED,
          SETUP_FAILED,
          GETTING_WORSE,
          REVIEW_CAPACITY,
          FINDINGS ->
          NO_WAY;
    };
  }
}

package dev.longe.workspace;

import dev.longe.core.TaskId;

/** The names below which the harness keeps a task's commits alive. */
final class Refs {
  /** Written and removed again to see whether refs can be written. */
  static final String PROBE = "refs/longe/probe";

  private Refs() {}

  static String of(TaskId task) {
    return "refs/longe/" + task + "/";
  }

  static String base(TaskId task) {
    return of(task) + "base";
  }

  static String candidate(TaskId task, int number) {
    return of(task) + number;
  }

  /** The branch that a candidate is left on, and that the agent's clone has checked out. */
  static String branch(TaskId task) {
    return "longe/" + task;
  }
}

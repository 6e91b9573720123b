package dev.longe.workspace;

import dev.longe.core.TaskId;

/** Names of the refs that keep a task's commits from being garbage-collected. */
final class Refs {
  /** Ref that is written and removed again to test whether refs can be written. */
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

  /** The branch that the candidate is left on and that the agent's clone has checked out. */
  static String branch(TaskId task) {
    return "longe/" + task;
  }

  /** Deletes all refs of a task. */
  static void deleteAll(Git user, TaskId task) {
    StringBuilder deletions = new StringBuilder();
    user.run("for-each-ref", "--format=%(refname)", of(task))
        .lines()
        .forEach(r -> deletions.append("delete ").append(r).append('\n'));
    user.feed(deletions.toString(), "update-ref", "--stdin");
  }
}

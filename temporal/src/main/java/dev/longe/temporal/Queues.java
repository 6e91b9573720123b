package dev.longe.temporal;

import dev.longe.core.TaskId;

/** Names at the server. */
final class Queues {
  /**
   * The version of what goes over the wire and of the workflows' steps: workers of different
   * versions never meet. Raised with every change that old histories do not replay under.
   */
  static final int WIRE = 1;

  /** Where workflows are carried on, and the pool is asked: any machine. */
  static final String SHARED = "longe-" + WIRE;

  static final String POOL = "longe-pool-" + WIRE;

  private static final String TASK = "longe-task-";

  private Queues() {}

  /** One machine's own. */
  static String of(String machine) {
    return SHARED + "-on-" + machine;
  }

  static String workflow(TaskId task) {
    return TASK + task;
  }

  static TaskId task(String workflow) {
    return new TaskId(workflow.substring(TASK.length()));
  }
}

package dev.longe.temporal;

import dev.longe.core.TaskId;

/** Names of task queues and workflows on the server. */
final class Queues {
  /**
   * The version of the wire format and of the workflow code. Workers of different versions use
   * different queues. It must be raised with every change under which old histories do not replay.
   */
  static final int WIRE = 1;

  /** The queue of workflows and of coordinator requests; every machine polls it. */
  static final String SHARED = "longe-" + WIRE;

  static final String COORDINATOR = "longe-pool-" + WIRE;

  private static final String TASK = "longe-task-";

  private Queues() {}

  /** The queue of one machine. */
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

/**
 * The task loop on many machines, with Temporal as the durable engine.
 *
 * <pre>
 * task workflow        = task loop, again after every loss of its machine; replayed from history
 * effect               = activity on the queue of the task's machine; heartbeat, git, processes
 * coordinator workflow = machines, slots, money, quotas, reviewers, landing queues;
 *                        one per namespace, called by update
 * </pre>
 *
 * Invariants: all rules are in the engine and the core; nothing is decided here. Workflow code
 * ({@code *Flow*}, {@code Coordinator*}) reads time and randomness and does I/O only through
 * Temporal. A machine that lost a task can't write to the task's refs in the shared repository, and
 * its processes are dead before another machine begins. What the server stores is encrypted with
 * the team's key.
 */
@NullMarked
package dev.longe.temporal;

import org.jspecify.annotations.NullMarked;

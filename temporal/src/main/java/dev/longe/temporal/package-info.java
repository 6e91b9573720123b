/**
 * The same loop on many machines, with Temporal as the durable engine.
 *
 * <pre>
 * task workflow = task loop, again after every loss of its machine          pure, replayed from history
 * effect        = activity on the queue of the machine that has the task   heartbeat, git, processes
 * pool workflow = machines, slots, money, quotas, reviewers, rows          one a namespace, asked by update
 * </pre>
 *
 * Invariants: nothing of policy is decided here, it is the runner's and the core's; workflow code
 * ({@code *Flow*}, {@code Pool}) knows no clock, chance or world but through Temporal; a machine
 * that lost a task writes nothing of it to the shared repository, and its processes are dead before
 * another begins; what the server stores is encrypted with the team's key. May import: core,
 * journal, sandbox, workspace, agent, check, runner.
 */
@NullMarked
package dev.longe.temporal;

import org.jspecify.annotations.NullMarked;

/**
 * Starts and ends all processes. Each process has limits and an explicit environment, and ends
 * together with everything that it started.
 *
 * <pre>
 * process     = argv directory environment confinement limits input
 * containment = NAMESPACE   a pid namespace that the kernel clears when its first process or the harness dies
 *             | SESSION     a marker in the environment; the tree is swept, at the end or at the next start
 * owner       = a lock file of a home, held by one process until it ends
 * </pre>
 *
 * Invariants: when {@code kill} or {@code await} has returned, no process of that tree is alive;
 * nothing that the harness did not start is ever signalled; a child's pipes are read by platform
 * threads.
 */
@NullMarked
package dev.longe.sandbox;

import org.jspecify.annotations.NullMarked;

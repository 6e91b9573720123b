/**
 * Git trees of a task: the agent's work tree, the candidates made from it, the tree that checks run
 * in, and the landing of a candidate.
 *
 * <pre>
 * workspace = agent, check-…   layers on a prepared base: the agent's work tree, and one for each run of a check
 *           | clone, check     the same as ordinary directories; original: what check is a copy of
 *           | vault.git        the harness's own git directory: its indexes and configuration
 * refs      = refs/longe/TASK/base, refs/longe/TASK/1 … N      in the user's repository
 * </pre>
 *
 * <p>Invariants: a candidate is made without the agent's index, HEAD or configuration, so an agent
 * can damage its clone without losing work. The user's repository gets objects, refs below {@code
 * refs/longe}, and at landing one compare-and-swap. A ref is removed only after its work has landed
 * or was discarded.
 */
@NullMarked
package dev.longe.workspace;

import org.jspecify.annotations.NullMarked;

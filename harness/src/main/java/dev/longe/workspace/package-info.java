/**
 * Git trees of a task: what the agent works in, what its work becomes, where it is checked, and how
 * it lands.
 *
 * <pre>
 * workspace = clone            the agent's; nothing the harness relies on lies in it
 *           | check            the second clone, where checks run
 *           | vault.git        indexes and configuration of the harness's own git commands
 * refs      = refs/longe/TASK/base, refs/longe/TASK/1 … N      in the user's repository
 * </pre>
 *
 * Invariants: a candidate is made without the agent's index, HEAD or configuration, so an agent may
 * ruin its clone and lose nothing; the user's repository gets objects, refs below {@code
 * refs/longe}, and at landing one compare-and-swap; a ref goes only after its work has landed or
 * was discarded.
 */
@NullMarked
package dev.longe.workspace;

import org.jspecify.annotations.NullMarked;

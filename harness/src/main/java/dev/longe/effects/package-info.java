/**
 * Effects on this machine: real git, real processes, real agents, and landing. Each effect is
 * called by a task loop and returns what happened; none of them decides what follows.
 */
@NullMarked
package dev.longe.effects;

import org.jspecify.annotations.NullMarked;

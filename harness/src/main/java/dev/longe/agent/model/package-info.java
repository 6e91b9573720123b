/** The driver of the agent of module {@code model}, which is a program of its own. */
@NullMarked
package dev.longe.agent.model;

import org.jspecify.annotations.NullMarked;

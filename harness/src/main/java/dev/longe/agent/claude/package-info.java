/** The driver of Claude Code. */
@NullMarked
package dev.longe.agent.claude;

import org.jspecify.annotations.NullMarked;

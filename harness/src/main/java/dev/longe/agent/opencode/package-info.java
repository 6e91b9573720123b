/** The driver of opencode. */
@NullMarked
package dev.longe.agent.opencode;

import org.jspecify.annotations.NullMarked;

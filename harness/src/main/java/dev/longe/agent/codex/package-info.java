/** The driver of Codex. */
@NullMarked
package dev.longe.agent.codex;

import org.jspecify.annotations.NullMarked;

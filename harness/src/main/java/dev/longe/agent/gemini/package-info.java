/** The driver of Gemini CLI. */
@NullMarked
package dev.longe.agent.gemini;

import org.jspecify.annotations.NullMarked;

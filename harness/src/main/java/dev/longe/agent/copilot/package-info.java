/** The driver of GitHub Copilot CLI. */
@NullMarked
package dev.longe.agent.copilot;

import org.jspecify.annotations.NullMarked;

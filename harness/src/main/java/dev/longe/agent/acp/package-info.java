/** The driver of agents that speak the Agent Client Protocol. */
@NullMarked
package dev.longe.agent.acp;

import org.jspecify.annotations.NullMarked;

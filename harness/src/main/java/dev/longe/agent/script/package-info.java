/** The driver of scripted agents, for demos, drills and tests. */
@NullMarked
package dev.longe.agent.script;

import org.jspecify.annotations.NullMarked;

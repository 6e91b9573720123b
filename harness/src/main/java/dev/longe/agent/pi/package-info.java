/** The driver of Pi. */
@NullMarked
package dev.longe.agent.pi;

import org.jspecify.annotations.NullMarked;

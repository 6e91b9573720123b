/** The composition root: {@code main}, the commands, and the only reader of the environment. */
@NullMarked
package dev.longe.cli;

import org.jspecify.annotations.NullMarked;

/** The driver of any program that reads a prompt from standard input. */
@NullMarked
package dev.longe.agent.command;

import org.jspecify.annotations.NullMarked;

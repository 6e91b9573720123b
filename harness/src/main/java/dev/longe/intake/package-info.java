/**
 * The door: turns files and command-line text into typed values, or into all the problems at once,
 * each with its file, line and path and what is allowed there. Inside, the types are trusted.
 */
@NullMarked
package dev.longe.intake;

import org.jspecify.annotations.NullMarked;

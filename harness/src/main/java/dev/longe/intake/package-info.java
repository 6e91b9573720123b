/**
 * Parses files and command-line text into typed values. Invalid input is reported as a list of all
 * problems, each with its file, line, path and what is allowed there. Other packages rely on the
 * types and do not validate again.
 */
@NullMarked
package dev.longe.intake;

import org.jspecify.annotations.NullMarked;

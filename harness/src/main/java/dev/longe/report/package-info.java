/** Reads back what the journal holds, for people and for programs; writes nothing. */
@NullMarked
package dev.longe.report;

import org.jspecify.annotations.NullMarked;

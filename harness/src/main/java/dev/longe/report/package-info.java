/**
 * Reads back what the journal holds, for people and for programs; writes nothing. May import: core,
 * journal.
 */
@NullMarked
package dev.longe.report;

import org.jspecify.annotations.NullMarked;

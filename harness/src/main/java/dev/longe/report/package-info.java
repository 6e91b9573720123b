/** Renders the journal for people and programs. Read-only. */
@NullMarked
package dev.longe.report;

import org.jspecify.annotations.NullMarked;

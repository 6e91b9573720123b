/**
 * Runs checks on a checkout and says what they found.
 *
 * <pre>
 * finding = verdict receipt
 * report  = JUnit XML | TAP | go test -json    its failing cases; without a report a check is one case
 * </pre>
 *
 * Invariants: an exit status is never masked; a check that could not be carried out is broken, not
 * failed; what is told to the agent is short and keeps hidden checks hidden.
 */
@NullMarked
package dev.longe.check;

import org.jspecify.annotations.NullMarked;

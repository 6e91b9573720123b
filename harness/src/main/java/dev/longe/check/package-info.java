/**
 * Runs checks on a checkout and reports what they found.
 *
 * <pre>
 * finding = verdict receipt
 * report  = JUnit XML | TAP | go test -json    its failing cases; without a report a check is one case
 * </pre>
 *
 * <p>Invariants: an exit status is never masked. A check that could not be carried out is broken,
 * not failed. Feedback to the agent is short and does not reveal hidden checks.
 */
@NullMarked
package dev.longe.check;

import org.jspecify.annotations.NullMarked;

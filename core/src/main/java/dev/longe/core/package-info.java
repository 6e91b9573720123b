/**
 * Values, events, and what a task is by its events: no clock, no randomness, no I/O, no threads.
 * What decides is in {@code core.policy}.
 *
 * <pre>
 * journal   = Submitted Event*                       all state is a fold over it
 * attempt   = (AdmissionAsked Deferred Woken)* AdmissionAsked
 *             AttemptStarted (SessionNamed | Spending | WrapUpSent | Steered)* AttemptEnded
 *             CandidateMade (AdmissionAsked? Checked)*
 * life      = Framed PolicySet Claimed Prepared BaseChecked* (Decided attempt)* Decided [Accepted Landed | Discarded]
 * </pre>
 *
 * Invariants: a task has at most one running attempt; a verdict names the candidate it speaks
 * about; a decision is a function of the events before it. Imports nothing but the JDK's values and
 * JSpecify.
 */
@NullMarked
package dev.longe.core;

import org.jspecify.annotations.NullMarked;

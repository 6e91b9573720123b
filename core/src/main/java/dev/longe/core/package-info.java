/**
 * Values, events, and the state of a task computed from its events. The package uses no clock, no
 * randomness, no I/O and no threads. Decisions are in {@code core.policy}.
 *
 * <pre>
 * journal   = Submitted Event*                       all state is a fold over it
 * attempt   = (AdmissionAsked Deferred Woken)* AdmissionAsked
 *             AttemptStarted (SessionNamed | Spending | WrapUpSent | Steered)* AttemptEnded
 *             CandidateMade (AdmissionAsked? Checked)*
 * life      = Framed PolicySet Claimed Prepared BaseChecked* (Decided attempt)* Decided [Accepted Landed | Discarded]
 * </pre>
 *
 * Invariants: a task has at most one running attempt; a verdict refers to one candidate; a decision
 * is a function of the events before it. The package imports only value types of the JDK and
 * JSpecify.
 */
@NullMarked
package dev.longe.core;

import org.jspecify.annotations.NullMarked;

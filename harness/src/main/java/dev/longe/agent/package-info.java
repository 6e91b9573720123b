/**
 * One face for every coding agent; each driver turns a foreign protocol into one closed set of
 * events and one structured stop.
 *
 * <pre>
 * agent  = driver + arguments
 * run    = Started? (Said | ToolCalled | ToolReturned | Used)* then an Ending
 * ending = Stop Usage
 * </pre>
 *
 * Invariants: no text that an agent writes is read for control, except the one structured answer
 * file that the harness provides; a run that has ended has no living process; a run that ended well
 * did so by exit status and, where the protocol has one, by its terminal event.
 */
@NullMarked
package dev.longe.agent;

import org.jspecify.annotations.NullMarked;

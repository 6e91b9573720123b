/**
 * A common interface for coding agents. Each driver translates an agent's protocol into a closed
 * set of events and one structured stop.
 *
 * <pre>
 * agent  = driver + arguments
 * run    = Started? (Said | ToolCalled | ToolReturned | Used)* then an Ending
 * ending = Stop Usage
 * </pre>
 *
 * <p>Invariants: text that an agent writes never controls the harness, except for the one
 * structured answer file. A run that has ended has no living process. Whether a run ended well is
 * decided by its exit status and, if the protocol has one, its terminal event.
 */
@NullMarked
package dev.longe.agent;

import org.jspecify.annotations.NullMarked;

/**
 * The embedded engine: takes a lease, asks the decider, carries out the decision, appends the
 * event.
 *
 * <pre>
 * engine = task loop*             one virtual thread each, while the task has something to do
 * loop   = (word | decision effect event)* until the decider rests
 * effect = prepare | check | attempt | snapshot | land          behind one interface, real or simulated
 * </pre>
 *
 * Invariants: only the task loop appends, and only under a lease; a fault of the world becomes an
 * event at the effect; money is reserved before an attempt starts; nothing is decided from memory
 * that the journal does not hold. May import: core, journal, sandbox, intake, workspace, agent,
 * check.
 */
@NullMarked
package dev.longe.runner;

import org.jspecify.annotations.NullMarked;

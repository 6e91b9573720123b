/**
 * The embedded engine. It takes a task's lease, asks the decider, carries the decision out, and
 * appends the results as events.
 *
 * <pre>
 * engine = task loop*             one virtual thread each, while the task has something to do
 * loop   = (word | decision effect event)* until the decider rests
 * effect = prepare | check | attempt | snapshot | land          one interface, real or simulated
 * </pre>
 *
 * Invariants: only the task loop appends, and only under a lease; a fault of an effect becomes an
 * event; money is reserved before an attempt starts; nothing is decided from state that is not in
 * the journal.
 */
@NullMarked
package dev.longe.engine;

import org.jspecify.annotations.NullMarked;

/**
 * The embedded engine. It takes a task's lease, asks the decider, has the decision carried out, and
 * appends what came back as events.
 *
 * <pre>
 * engine = task loop*             one virtual thread each, while the task has something to do
 * loop   = (word | decision effect event)* until the decider rests
 * effect = prepare | check | attempt | snapshot | land          one interface, real or simulated
 * </pre>
 *
 * Invariants: only the task loop appends, and only under a lease; a fault of the world becomes an
 * event; money is reserved before an attempt starts; nothing is decided from memory that the
 * journal does not hold.
 */
@NullMarked
package dev.longe.engine;

import org.jspecify.annotations.NullMarked;

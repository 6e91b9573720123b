/**
 * The append-only record of what happened, and what is held once for all processes of one machine:
 * leases, slots, money, breakers, the inbox. The only package that knows SQL.
 *
 * <pre>
 * journal  = task*                 one SQLite file in WAL mode, synchronous=FULL
 * task     = event+ row            the row is a projection, written in the event's own transaction
 * lease    = task owner generation it ends with its owner; an append with another generation is refused
 * inbox    = command* -> result    words of humans from any process
 * </pre>
 *
 * Invariants: events are only added; a durable append has been synced when it returns; every
 * statement runs on a platform thread of this package. May import: core.
 */
@NullMarked
package dev.longe.journal;

import org.jspecify.annotations.NullMarked;

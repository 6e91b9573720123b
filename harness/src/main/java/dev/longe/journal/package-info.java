/**
 * The append-only record of events, and the state that all processes of one machine share: leases,
 * slots, money, quota accounts and the inbox. The only package that uses SQL.
 *
 * <pre>
 * journal  = task*                 one SQLite file in WAL mode, synchronous=FULL
 * task     = event+ row            the row is a projection, written in the event's own transaction
 * lease    = task owner generation it ends with its owner; an append with another generation is refused
 * inbox    = command* -> result    words of humans from any process
 * </pre>
 *
 * Invariants: events are only added; an append is synced to disk when it returns; every statement
 * runs on a platform thread of this package.
 */
@NullMarked
package dev.longe.journal;

import org.jspecify.annotations.NullMarked;

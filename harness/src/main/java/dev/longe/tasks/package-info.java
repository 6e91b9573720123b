/**
 * The interface of Longe for user interfaces, for tasks of this machine and of a remote engine. It
 * prints nothing and reads no standard input.
 */
@NullMarked
package dev.longe.tasks;

import org.jspecify.annotations.NullMarked;

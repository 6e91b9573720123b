/**
 * What a user interface may ask of Longe, for tasks of this machine and of a remote engine alike.
 * It prints nothing and reads no standard input.
 */
@NullMarked
package dev.longe.tasks;

import org.jspecify.annotations.NullMarked;

/** Tests of the engine for many machines. */
@NullMarked
package dev.longe.temporal;

import org.jspecify.annotations.NullMarked;

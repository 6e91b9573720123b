/** The whole program, driven through its commands as a user drives it. */
@NullMarked
package dev.longe.e2e;

import org.jspecify.annotations.NullMarked;

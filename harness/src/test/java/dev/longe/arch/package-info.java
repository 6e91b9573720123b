/** The gate's own checks: format, floors, bans, documents. */
@NullMarked
package dev.longe.arch;

import org.jspecify.annotations.NullMarked;

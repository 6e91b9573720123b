/** What several tests need: real repositories, a sandbox. */
@NullMarked
package dev.longe.testing;

import org.jspecify.annotations.NullMarked;

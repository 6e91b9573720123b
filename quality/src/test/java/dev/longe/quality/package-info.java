/** Tests of the code measures. */
@NullMarked
package dev.longe.quality;

import org.jspecify.annotations.NullMarked;

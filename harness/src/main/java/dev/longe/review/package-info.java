/**
 * The human's side: what there is to decide, in which order to read it, and who understands what.
 */
@NullMarked
package dev.longe.review;

import org.jspecify.annotations.NullMarked;

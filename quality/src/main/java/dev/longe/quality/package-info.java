/**
 * Measures of code in twelve languages, and what a change adds to them. Knows nothing of tasks: a
 * tree goes in, findings come out.
 */
@NullMarked
package dev.longe.quality;

import org.jspecify.annotations.NullMarked;

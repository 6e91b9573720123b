/**
 * Measures code in twelve languages, and what a change adds to the measures. Independent of tasks:
 * the input is a tree, the output is measures and findings.
 */
@NullMarked
package dev.longe.quality;

import org.jspecify.annotations.NullMarked;

/**
 * Tests of the core: the tables of the design document, row by row, and properties over random
 * lives.
 */
@NullMarked
package dev.longe.core.policy;

import org.jspecify.annotations.NullMarked;

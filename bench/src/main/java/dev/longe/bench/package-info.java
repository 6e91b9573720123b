/** Benchmarks. They print what they measure and assert nothing. */
@NullMarked
package dev.longe.bench;

import org.jspecify.annotations.NullMarked;

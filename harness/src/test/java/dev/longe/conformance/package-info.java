@NullMarked
package dev.longe.conformance;

import org.jspecify.annotations.NullMarked;

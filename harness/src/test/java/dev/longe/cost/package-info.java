@NullMarked
package dev.longe.cost;

import org.jspecify.annotations.NullMarked;

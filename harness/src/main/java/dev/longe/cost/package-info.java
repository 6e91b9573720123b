/**
 * Prices of tokens: a dated table with its sources, which the user's own table can override. A
 * model in neither table has an unknown price.
 */
@NullMarked
package dev.longe.cost;

import org.jspecify.annotations.NullMarked;

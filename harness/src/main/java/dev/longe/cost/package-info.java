/**
 * What tokens cost: a dated table with its sources, under the user's own. A model that neither
 * knows has an unknown price.
 */
@NullMarked
package dev.longe.cost;

import org.jspecify.annotations.NullMarked;

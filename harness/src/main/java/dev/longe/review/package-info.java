/**
 * Support for human review: the decision dossier, the reading order, and who understands which
 * lines.
 */
@NullMarked
package dev.longe.review;

import org.jspecify.annotations.NullMarked;

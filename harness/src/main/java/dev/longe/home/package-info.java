/** The files of one installation: where everything below {@code $LONGE_HOME} lies. */
@NullMarked
package dev.longe.home;

import org.jspecify.annotations.NullMarked;

/** The files of one installation: the paths below {@code $LONGE_HOME}. */
@NullMarked
package dev.longe.home;

import org.jspecify.annotations.NullMarked;

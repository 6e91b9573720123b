package dev.longe.check;

import dev.longe.core.Commit;
import java.nio.file.Path;

/**
 * What a check looks at.
 *
 * @param checkout where the tree stands
 * @param commit the commit that the verdict will speak about
 * @param tree the id of the tree that stands there
 */
public record CheckedTree(Path checkout, Commit commit, String tree) {}

package dev.longe.check;

import dev.longe.core.Commit;
import java.nio.file.Path;

/**
 * The tree that a check runs on.
 *
 * @param checkout directory of the tree
 * @param commit the commit that the verdict is about
 * @param tree id of the checked-out tree
 */
public record CheckedTree(Path checkout, Commit commit, String tree) {}

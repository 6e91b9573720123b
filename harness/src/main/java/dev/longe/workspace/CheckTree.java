package dev.longe.workspace;

import dev.longe.core.Commit;
import dev.longe.sandbox.Confinement;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/**
 * A tree that was made for one run of a check.
 *
 * @param seen its path, as the check sees it
 * @param files where the files are that the check writes: the tree itself or the upper layer of an
 *     overlay
 * @param layer the overlay that is mounted for the check; empty if the tree is an ordinary
 *     directory
 * @param commit the commit that the verdict is about
 * @param tree id of the checked-out git tree
 */
public record CheckTree(
    Path seen, Path files, Optional<Confinement.Overlay> layer, Commit commit, String tree) {
  /** The names of the layers of check trees begin with this. */
  static final String PREFIX = "check-";

  /** A name for a new check tree. */
  public static String newName() {
    return PREFIX + UUID.randomUUID();
  }
}

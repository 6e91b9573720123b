package dev.longe.effects;

import dev.longe.sandbox.Confinement.Overlay;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The tree that a process works in.
 *
 * @param path where the process sees it
 * @param layer the overlay that is mounted there; empty if it is an ordinary directory
 */
record SeenTree(Path path, Optional<Overlay> layer, boolean writable) {
  /** Where the files are that the process writes. */
  Path files() {
    return layer.map(Overlay::scratch).map(Overlay::upper).orElse(path);
  }
}

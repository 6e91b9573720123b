package dev.longe.sandbox;

import java.nio.file.Path;
import java.util.List;

/** What of the machine a process can reach. */
public sealed interface Confinement {
  /** All that its user can. */
  record Open() implements Confinement {}

  /**
   * Bubblewrap: the system read-only, an empty home and temporary directory.
   *
   * @param hidden directories that appear empty
   * @param readable paths that are shown inside hidden directories
   * @param writable paths that may be changed
   */
  record Shut(List<Path> hidden, List<Path> readable, List<Path> writable, boolean network)
      implements Confinement {
    public Shut {
      hidden = List.copyOf(hidden);
      readable = List.copyOf(readable);
      writable = List.copyOf(writable);
    }
  }
}

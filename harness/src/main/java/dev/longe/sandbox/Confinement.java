package dev.longe.sandbox;

import java.nio.file.Path;
import java.util.List;

/** Which parts of the machine a process can access. */
public sealed interface Confinement {
  /** Everything that its user can access. */
  record Open() implements Confinement {}

  /**
   * Confined by Bubblewrap: the system is read-only; home and temporary directory are empty.
   *
   * @param hidden directories that appear empty
   * @param readable paths inside hidden directories that stay readable
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

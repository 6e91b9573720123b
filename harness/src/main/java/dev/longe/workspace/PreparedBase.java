package dev.longe.workspace;

import dev.longe.core.Fault;
import dev.longe.sandbox.Confinement.Overlay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A checkout of a task's base in which the setup of its loop has run. It is the lower part of the
 * trees of all tasks with this base and setup. Nobody changes it.
 *
 * @param directory its own directory, below Longe's home
 */
public record PreparedBase(Path directory) {
  /** The file that is written last. */
  private Path ready() {
    return directory.resolve("ready");
  }

  /** Whether it is complete. */
  public boolean isReady() {
    return Files.exists(ready());
  }

  /** The file that is locked while it is made. */
  public Path lock() {
    return directory.resolveSibling(directory.getFileName() + ".lock");
  }

  /** The checkout without what the setup wrote. */
  public Path checkout() {
    return directory.resolve("tree");
  }

  /** The scratch directory of the overlay in which the setup runs. */
  public Path setup() {
    return directory.resolve("setup");
  }

  /** What the setup added to package caches. */
  public Path caches() {
    return directory.resolve("caches");
  }

  /** The index of the tree, with the times and sizes of its files. */
  Path index() {
    return directory.resolve("tree.index");
  }

  /** The layers of the tree, the topmost first. */
  public List<Path> layers() {
    return Stream.of(Overlay.upper(setup()), checkout()).filter(Files::isDirectory).toList();
  }

  /** Makes it complete. */
  void finish() {
    try {
      Files.createFile(ready());
    } catch (IOException e) {
      throw new Fault("The file " + ready() + " can't be written: " + e.getMessage(), e);
    }
  }
}

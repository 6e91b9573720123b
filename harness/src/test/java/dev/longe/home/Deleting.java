package dev.longe.home;

import java.nio.file.Path;

/** Deletes a directory in a process of its own. */
final class Deleting {
  private Deleting() {}

  public static void main(String[] arguments) {
    Directories.delete(Path.of(arguments[0]));
  }
}

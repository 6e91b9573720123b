package dev.longe.workspace;

import dev.longe.core.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** Small files of the harness's own. */
final class TextFile {
  private TextFile() {}

  /** The path that a file contains; empty if there is no file. */
  static Optional<Path> path(Path file) {
    try {
      return Files.exists(file) ? Optional.of(Path.of(Files.readString(file))) : Optional.empty();
    } catch (IOException e) {
      throw new Fault("The file " + file + " can't be read: " + e.getMessage(), e);
    }
  }

  /** Replaces a file by a whole new one. */
  static void write(Path file, String text) {
    try {
      Path written = file.resolveSibling(file.getFileName() + ".new");
      Files.writeString(written, text);
      Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new Fault("The file " + file + " can't be written: " + e.getMessage(), e);
    }
  }
}

package dev.longe.arch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that a test regenerates and compares; {@code -Dlonge.golden=write} writes them. */
public final class Golden {
  /** A directory of this name holds what a release wrote. */
  public static final String RELEASED = "released";

  private Golden() {}

  /** Holds a text against a file of the checkout. */
  public static void same(String file, String text) {
    Path path = Sources.root().resolve(file);
    if (writing()) {
      write(path, text.getBytes(StandardCharsets.UTF_8));
    }
    assertThat(text)
        .as("regenerate with -Dlonge.golden=write: " + file)
        .isEqualTo(Sources.text(path));
  }

  /** Whether golden files are to be written anew. */
  public static boolean writing() {
    return "write".equals(System.getProperty("longe.golden"));
  }

  /**
   * Writes a golden file.
   *
   * @throws AssertionError if the file is one of a release: those are never written again
   */
  public static void write(Path path, byte[] bytes) {
    for (Path part : path) {
      assertThat(part.toString())
          .as("a released form is only read: " + path)
          .isNotEqualTo(RELEASED);
    }
    try {
      Files.createDirectories(path.resolveSibling("."));
      Files.write(path, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package dev.longe.arch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that a test regenerates and compares; {@code -Dlonge.golden=write} writes them. */
public final class Golden {
  private Golden() {}

  /** Holds a text against a file of the checkout. */
  public static void same(String file, String text) {
    Path path = Sources.root().resolve(file);
    if ("write".equals(System.getProperty("longe.golden"))) {
      try {
        Files.writeString(path, text);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    assertThat(text)
        .as("regenerate with -Dlonge.golden=write: " + file)
        .isEqualTo(Sources.text(path));
  }
}

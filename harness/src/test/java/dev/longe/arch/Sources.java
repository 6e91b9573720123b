package dev.longe.arch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of this checkout. */
final class Sources {
  private Sources() {}

  /** The checkout's root; tests run in a module's directory. */
  static Path root() {
    return Path.of("..").toAbsolutePath().normalize();
  }

  static List<Path> java() {
    return Stream.of("core", "quality", "model", "harness", "temporal", "bench")
        .flatMap(m -> files(root().resolve(m).resolve("src"), ".java"))
        .toList();
  }

  static List<Path> mainJava() {
    return java().stream().filter(p -> p.toString().contains("/src/main/")).toList();
  }

  static List<Path> testJava() {
    return java().stream().filter(p -> p.toString().contains("/src/test/")).toList();
  }

  static Stream<Path> files(Path under, String suffix) {
    try (Stream<Path> all = Files.walk(under)) {
      return all.filter(p -> p.toString().endsWith(suffix)).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String name(Path file) {
    return root().relativize(file).toString();
  }
}

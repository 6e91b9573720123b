package dev.longe.quality;

import dev.longe.core.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;

/**
 * Extracts the parsers' native libraries once for all processes. By default, the binding extracts
 * them into a new temporary file at every start, and a killed process leaves the file behind.
 */
final class Natives {
  /**
   * System property that names the directory in which the binding looks for extracted libraries.
   */
  private static final String PLACE = "tree-sitter-lib";

  private static final List<String> NAMES =
      List.of(
          "",
          "-java",
          "-kotlin",
          "-python",
          "-javascript",
          "-typescript",
          "-tsx",
          "-go",
          "-rust",
          "-c",
          "-cpp",
          "-c-sharp",
          "-ruby",
          "-php");

  private Natives() {}

  /**
   * Extracts the libraries.
   *
   * @param directory where the extracted libraries are kept
   */
  static synchronized void unpack(Path directory) {
    try {
      Files.createDirectories(directory.resolve("lib"));
      for (String name : NAMES) {
        unpack(directory, "lib/" + machine("tree-sitter" + name));
      }
    } catch (IOException e) {
      throw new Fault("The parsers can't be unpacked into " + directory + ": " + e.getMessage(), e);
    }
    System.setProperty(PLACE, directory.toAbsolutePath().toString());
  }

  private static void unpack(Path directory, String name) throws IOException {
    Path file = directory.resolve(name);
    try (InputStream in = Natives.class.getResourceAsStream("/" + name)) {
      if (in == null) {
        throw new Fault(
            "Code can't be measured on this kind of machine: there is no parser " + name + ".");
      }
      if (Files.exists(file) && Files.size(file) == in.available()) {
        return;
      }
      Path fresh = Files.createTempFile(directory, "parser", ".tmp");
      Files.copy(in, fresh, StandardCopyOption.REPLACE_EXISTING);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** File name of a library for this machine, as the binding builds it. */
  private static String machine(String library) {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch").equals("aarch64") ? "aarch64" : "x86_64";
    return os.contains("windows")
        ? arch + "-windows-" + library + ".dll"
        : os.contains("mac")
            ? arch + "-macos-" + library + ".dylib"
            : arch + "-linux-gnu-" + library + ".so";
  }
}

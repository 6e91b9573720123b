package dev.longe.check;

import dev.longe.core.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What a service and its ready command printed: all of it, or the end of it if it is long.
 *
 * @param ended whether the service ended before the command that it was started for
 */
record ServiceOutput(String service, List<String> lines, List<String> ready, boolean ended) {
  /** The script keeps half a megabyte in a file; what is longer is not from the script. */
  private static final int BYTES_MAX = 1 << 20;

  ServiceOutput {
    lines = List.copyOf(lines);
    ready = List.copyOf(ready);
  }

  /**
   * @param number the number of the service in the script
   * @param clean replaces secrets
   */
  static ServiceOutput read(
      Path directory, int number, String service, boolean ended, UnaryOperator<String> clean) {
    return new ServiceOutput(
        service,
        kept(directory, number + ".output", clean),
        kept(directory, number + ".ready", clean),
        ended);
  }

  /** The lines that are kept with the receipt of a check. */
  Stream<String> evidence() {
    return Stream.of(
            Stream.of("--- The service «" + service + "» printed:"),
            lines.stream(),
            Stream.of("--- Its ready command printed:").filter(_ -> !ready.isEmpty()),
            ready.stream())
        .flatMap(s -> s);
  }

  private static List<String> kept(Path directory, String name, UnaryOperator<String> clean) {
    return Stream.of(".1", ".2")
        .map(part -> text(directory.resolve(name + part)))
        .reduce("", String::concat)
        .lines()
        .map(clean)
        .toList();
  }

  /** The content of a file that a process of the run may have replaced; empty if there is none. */
  static String text(Path file) {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return "";
    }
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      return new String(in.readNBytes(BYTES_MAX), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new Fault("The output " + file + " can't be read: " + e.getMessage(), e);
    }
  }
}

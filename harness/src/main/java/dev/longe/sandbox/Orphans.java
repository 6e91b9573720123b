package dev.longe.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Finds processes by the marker that the harness put into their environment. A process that clears
 * its environment escapes; where namespaces exist it does not escape those.
 */
final class Orphans {
  /** Names the harness process that started it. */
  static final String OWNER = "LONGE_OWNER";

  /** Names the one tree it belongs to. */
  static final String RUN = "LONGE_RUN";

  /**
   * A fork bomb makes new processes while the old are killed; this often at most they are looked
   * for again.
   */
  private static final int ROUNDS_MAX = 200;

  private Orphans() {}

  /**
   * Kills every process of this user whose marker fits, and their offspring, until none is left.
   */
  static int kill(String marker, Predicate<String> fits) {
    int killed = 0;
    for (int round = 0; round < ROUNDS_MAX; round++) {
      List<ProcessHandle> found = find(marker, fits);
      if (found.isEmpty()) {
        return killed;
      }
      killed += found.size();
      found.forEach(ProcessHandle::destroyForcibly);
    }
    return killed;
  }

  private static List<ProcessHandle> find(String marker, Predicate<String> fits) {
    if (!Files.isDirectory(Path.of("/proc/self"))) {
      return List.of();
    }
    return ProcessHandle.allProcesses()
        .filter(h -> Owner.startOf(h.pid()).isPresent())
        .filter(h -> environment(h.pid(), marker).filter(fits).findAny().isPresent())
        .toList();
  }

  private static Stream<String> environment(long pid, String marker) {
    try {
      String all =
          Files.readString(Path.of("/proc/" + pid + "/environ"), StandardCharsets.ISO_8859_1);
      return Stream.of(all.split("\0"))
          .filter(v -> v.startsWith(marker + "="))
          .map(v -> v.substring(marker.length() + 1));
    } catch (IOException | UncheckedIOException e) {
      // The process has ended, or belongs to somebody else: in both cases it is none of ours.
      return Stream.empty();
    }
  }
}

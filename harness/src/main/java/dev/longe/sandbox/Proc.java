package dev.longe.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the kernel tells of a process in {@code /proc}; nothing of one that has ended or belongs to
 * somebody else.
 */
final class Proc {
  /**
   * This process under the name that it has in {@code /proc}, whatever pid namespace that shows.
   */
  static final String SELF = "self";

  private static final int STATE = 0;
  private static final int PARENT = 1;
  private static final int START = 19;

  private Proc() {}

  /** Whether there is such a directory on this system. */
  static boolean known() {
    return Files.exists(Path.of("/proc/self/stat"));
  }

  /**
   * When a living process started, in a form that does not change while it lives; empty for a
   * zombie.
   */
  static Optional<String> start(long pid) {
    if (!known()) {
      return ProcessHandle.of(pid)
          .filter(ProcessHandle::isAlive)
          .flatMap(h -> h.info().startInstant())
          .map(i -> Long.toString(i.toEpochMilli()));
    }
    return stat(Long.toString(pid))
        .filter(f -> !f[STATE].equals("Z") && !f[STATE].equals("X"))
        .map(f -> f[START]);
  }

  /** The parent of a process; empty for one whose parent is outside of what {@code /proc} shows. */
  static Optional<String> parent(String pid) {
    return stat(pid).map(f -> f[PARENT]).filter(p -> !p.equals("0"));
  }

  /** The fields after the name of the program. */
  private static Optional<String[]> stat(String pid) {
    try {
      String text =
          Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
      return Optional.of(text.substring(text.lastIndexOf(')') + 2).split(" "));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The values that a variable has in the environment with which a process was started. */
  static Stream<String> environment(String pid, String variable) {
    try {
      String all =
          Files.readString(Path.of("/proc/" + pid + "/environ"), StandardCharsets.ISO_8859_1);
      return Stream.of(all.split("\0"))
          .filter(v -> v.startsWith(variable + "="))
          .map(v -> v.substring(variable.length() + 1));
    } catch (IOException | UncheckedIOException e) {
      // The process has ended, or belongs to somebody else: in both cases it is none of ours.
      return Stream.empty();
    }
  }

  /** Whether a path means the same file to a process as to this one. */
  static boolean sharesMounts(String pid) {
    try {
      return Files.readSymbolicLink(Path.of("/proc/" + pid + "/ns/mnt"))
          .equals(Files.readSymbolicLink(Path.of("/proc/self/ns/mnt")));
    } catch (IOException e) {
      return false;
    }
  }
}

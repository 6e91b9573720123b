package dev.longe.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads information about a process from {@code /proc}. Empty for a process that has ended or
 * belongs to another user.
 */
final class Proc {
  /** The name of this process in {@code /proc}, valid in every pid namespace. */
  static final String SELF = "self";

  private static final int STATE = 0;
  private static final int PARENT = 1;
  private static final int START = 19;

  private Proc() {}

  /** Whether this system has {@code /proc}. */
  static boolean known() {
    return Files.exists(Path.of("/proc/self/stat"));
  }

  /**
   * The start time of a running process, as a text that does not change while it runs; empty for a
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

  /** The parent of a process; empty if {@code /proc} does not show the parent. */
  static Optional<String> parent(String pid) {
    return stat(pid).map(f -> f[PARENT]).filter(p -> !p.equals("0"));
  }

  /** The fields of the file {@code stat} after the name of the program. */
  private static Optional<String[]> stat(String pid) {
    try {
      String text =
          Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
      return Optional.of(text.substring(text.lastIndexOf(')') + 2).split(" "));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The values of a variable in the environment with which a process was started. */
  static Stream<String> environment(String pid, String variable) {
    try {
      String all =
          Files.readString(Path.of("/proc/" + pid + "/environ"), StandardCharsets.ISO_8859_1);
      return Stream.of(all.split("\0"))
          .filter(v -> v.startsWith(variable + "="))
          .map(v -> v.substring(variable.length() + 1));
    } catch (IOException | UncheckedIOException e) {
      // The process has ended or belongs to another user. The harness did not start it.
      return Stream.empty();
    }
  }

  /** The command line of a process. */
  static Stream<String> arguments(String pid) {
    try {
      return Stream.of(
          Files.readString(Path.of("/proc/" + pid + "/cmdline"), StandardCharsets.ISO_8859_1)
              .split("\0"));
    } catch (IOException | UncheckedIOException e) {
      return Stream.empty(); // the process has ended or belongs to another user
    }
  }

  /** Whether paths mean the same files for a process as for this one. */
  static boolean sharesMounts(String pid) {
    try {
      return Files.readSymbolicLink(Path.of("/proc/" + pid + "/ns/mnt"))
          .equals(Files.readSymbolicLink(Path.of("/proc/self/ns/mnt")));
    } catch (IOException e) {
      return false;
    }
  }
}

package dev.longe.sandbox;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The environment variables that mark a process of an attempt, a setup or a check. A process that
 * clears its environment is still recognised by an ancestor: in a pid namespace, at least by the
 * namespace's first process.
 */
final class Marker {
  /** The lock file of the harness process that started it. */
  static final String OWNER = "LONGE_OWNER";

  /** The id of the process tree to which it belongs. */
  static final String RUN = "LONGE_RUN";

  private Marker() {}

  /**
   * Returns why this process may only read, if it was started by an attempt, a setup or a check;
   * empty otherwise.
   *
   * @param environment the one with which this process was started
   */
  static Optional<String> inside(Environment environment) {
    return carrier(environment)
        .map(who ->
            "This process belongs to an attempt or a check of Longe (%s has the variable %s), so it may only read. Run the command in a shell that no attempt and no check has started."
                .formatted(who, RUN));
  }

  private static Optional<String> carrier(Environment environment) {
    if (environment.all().containsKey(OWNER) || environment.all().containsKey(RUN)) {
      return Optional.of("it");
    }
    Set<String> seen = new HashSet<>();
    Optional<String> pid = Proc.known() ? Optional.of(Proc.SELF) : Optional.empty();
    while (pid.isPresent() && seen.add(pid.get())) {
      if (carries(pid.get())) {
        return Optional.of(pid.get().equals(Proc.SELF) ? "it" : "its ancestor " + pid.get());
      }
      pid = Proc.parent(pid.get());
    }
    return Optional.empty();
  }

  private static boolean carries(String pid) {
    return List.of(OWNER, RUN).stream()
        .anyMatch(variable -> Proc.environment(pid, variable).findAny().isPresent());
  }

  /**
   * Whether the harness process named by a value of {@link #OWNER} has ended. False for a text that
   * no release of Longe wrote.
   */
  static boolean ownerIsGone(String value) {
    // Proc decodes /proc as ISO 8859-1; the path is UTF-8.
    Path path =
        Path.of(new String(value.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
    return path.isAbsolute()
        ? ownerHasEnded(path)
        : EarlierOwner.parse(value).filter(o -> !o.alive()).isPresent();
  }

  /** Whether the harness process with this lock file has ended. */
  static boolean ownerHasEnded(Path lockFile) {
    return LockFile.named(lockFile) && !LockFile.held(lockFile);
  }
}

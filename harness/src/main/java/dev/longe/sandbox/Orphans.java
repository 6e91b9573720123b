package dev.longe.sandbox;

import java.util.List;
import java.util.function.Predicate;

/**
 * Finds processes by the marker that the harness put into their environment. A process that clears
 * its environment is not found. Where namespaces are available, the namespace still ends it.
 */
final class Orphans {
  /**
   * Maximum number of searches. A fork bomb creates new processes while the old ones are killed, so
   * the search is repeated.
   */
  private static final int ROUNDS_MAX = 200;

  private Orphans() {}

  /**
   * Kills the processes of a tree, including descendants, until none is found. Returns the number
   * killed.
   */
  static int killTree(String run) {
    return kill(pid -> Proc.environment(pid, Marker.RUN).anyMatch(run::equals));
  }

  /** The processes of a tree. */
  static List<ProcessHandle> tree(String run) {
    return find(pid -> Proc.environment(pid, Marker.RUN).anyMatch(run::equals));
  }

  /**
   * Kills the processes that have a word as an argument, or as the value of an option, with all
   * their descendants. Returns the number killed.
   */
  static int killNamed(String word) {
    List<ProcessHandle> found =
        find(pid -> Proc.arguments(pid).anyMatch(a -> a.equals(word) || a.endsWith("=" + word)));
    found.stream().flatMap(ProcessHandle::descendants).forEach(ProcessHandle::destroyForcibly);
    found.forEach(ProcessHandle::destroyForcibly);
    return found.size();
  }

  /**
   * Kills every process whose harness process has ended. Returns the number killed. It considers
   * only processes for which paths mean the same files as for this one: the path of a lock file in
   * another container has no meaning here, and the kernel ends a tree in its own namespace.
   */
  static int sweep() {
    return kill(pid ->
        Proc.environment(pid, Marker.OWNER).anyMatch(Marker::ownerIsGone)
            && Proc.sharesMounts(pid));
  }

  private static int kill(Predicate<String> fits) {
    int killed = 0;
    for (int round = 0; round < ROUNDS_MAX; round++) {
      List<ProcessHandle> found = find(fits);
      if (found.isEmpty()) {
        return killed;
      }
      killed += found.size();
      found.forEach(ProcessHandle::destroyForcibly);
    }
    return killed;
  }

  private static List<ProcessHandle> find(Predicate<String> fits) {
    if (!Proc.known()) {
      return List.of();
    }
    return ProcessHandle.allProcesses()
        .filter(h -> Proc.start(h.pid()).isPresent())
        .filter(h -> fits.test(Long.toString(h.pid())))
        .toList();
  }
}

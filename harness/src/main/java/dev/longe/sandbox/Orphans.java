package dev.longe.sandbox;

import java.util.List;
import java.util.function.Predicate;

/**
 * Finds processes by the marker that the harness put into their environment. A process that clears
 * its environment escapes; where namespaces exist it does not escape those.
 */
final class Orphans {
  /**
   * A fork bomb makes new processes while the old are killed; this often at most they are looked
   * for again.
   */
  private static final int ROUNDS_MAX = 200;

  private Orphans() {}

  /** Kills every process of a tree, and their offspring, until none is left. */
  static int killTree(String run) {
    return kill(pid -> Proc.environment(pid, Marker.RUN).anyMatch(run::equals));
  }

  /**
   * Kills every process whose harness process is gone. Only those are looked at to which paths mean
   * the same files as to this process: of another container's, the path of a lock file tells
   * nothing here, and a tree in a namespace of its own is ended by the kernel.
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

package dev.longe.sandbox;

import dev.longe.core.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What one process tree may take of the machine, so that a fork bomb or a full {@code /tmp} does
 * not exhaust it.
 *
 * @param processes how many processes and threads it may have at the same time
 * @param tmpBytes how much its private {@code /tmp} may hold; 0 if that can't be bounded
 */
record Bounds(Kind kind, int processes, long tmpBytes) {
  /**
   * 4,096: own choice. The default of systemd for one unit is 15 % of the kernel's limit, 4,915 of
   * 32,768. Parallel builds have some hundreds.
   */
  static final int PROCESSES = 4_096;

  /** The other private directories are for small files. 512 MiB: own choice. */
  private static final long OTHER_BYTES = 512L << 20;

  static final Bounds NONE = new Bounds(Kind.NONE, PROCESSES, 0);

  /** What counts the processes. */
  enum Kind {
    /** The pid namespace, for root. Linux has this since 6.14. */
    NAMESPACE,
    /** The user namespace, for other users. Linux has this since 5.14. */
    USER,
    /** Nothing. */
    NONE
  }

  /** What is bounded, for people. */
  List<String> shown() {
    String most = "%,d processes and threads at a time".formatted(processes);
    List<String> all =
        new ArrayList<>(
            List.of(
                kind == Kind.NONE
                    ? "any number of processes (a limit needs Linux 6.14 for root, 5.14 for others)"
                    : most));
    if (tmpBytes > 0) {
      all.add("%,d MiB in /tmp".formatted(tmpBytes >> 20));
    }
    return all;
  }

  /** The command line of a process that is in a pid namespace of its own. */
  List<String> inNamespace(List<String> argv) {
    return switch (kind) {
      case NAMESPACE -> joined(setsNamespace(), argv);
      case USER -> joined(List.of("prlimit", "--nproc=" + processes, "--"), argv);
      case NONE -> argv;
    };
  }

  /** The words before a program that makes the namespaces of a confined process. */
  List<String> outside() {
    return kind == Kind.NAMESPACE
        ? joined(
            List.of("unshare", "--pid", "--fork", "--kill-child", "--mount-proc", "--"),
            setsNamespace())
        : List.of();
  }

  /** The command line of a confined process. */
  List<String> inside(List<String> argv) {
    return kind == Kind.NAMESPACE ? argv : inNamespace(argv);
  }

  private List<String> setsNamespace() {
    String set = "echo " + processes + " > /proc/sys/kernel/pid_max && exec \"$@\"";
    return List.of("/bin/sh", "-c", set, "bounds");
  }

  /** The words of Bubblewrap that mount an empty private directory. */
  List<String> directory(Path at) {
    List<String> mount = List.of("--tmpfs", at.toString());
    return tmpBytes == 0 ? mount : joined(List.of("--size", Long.toString(bytes(at))), mount);
  }

  /** How much an empty private directory may hold. */
  long bytes(Path at) {
    return at.endsWith("tmp") ? tmpBytes : Math.min(tmpBytes, OTHER_BYTES);
  }

  private static List<String> joined(List<String> first, List<String> then) {
    List<String> all = new ArrayList<>(first);
    all.addAll(then);
    return all;
  }

  /**
   * A command that succeeds where the number of processes can be bounded for this user. For root it
   * runs as nobody: an older kernel changes the limit of the whole machine if root sets it.
   */
  static List<String> probe(User user, int processes) {
    String unshare = "unshare --user --map-%s-user --pid --fork --kill-child --mount-proc --";
    return user.root()
        ? joined(
            List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"),
            joined(
                List.of(unshare.formatted("root").split(" ")),
                List.of("/bin/sh", "-c", "echo " + processes + " > /proc/sys/kernel/pid_max")))
        // The harness itself has more threads: this succeeds only if they are not counted.
        : joined(
            List.of(unshare.formatted("current").split(" ")),
            List.of("prlimit", "--nproc=3", "--", "/bin/sh", "-c", ": & wait"));
  }

  /** The limit for this user: not more than what the user may set. */
  static int processes(int wanted) {
    return (int) atMost("Max processes", wanted);
  }

  /** How many files one process may have open: what the user may set. 1,048,576 if unlimited. */
  static long files() {
    return atMost("Max open files", 1 << 20);
  }

  private static long atMost(String limit, long wanted) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/limits"))) {
      return lines
          .map(Pattern.compile(limit + " +\\S+ +(\\d+) ")::matcher)
          .filter(Matcher::find)
          .map(m -> Math.min(wanted, Long.parseLong(m.group(1))))
          .findFirst()
          .orElse(wanted); // unlimited
    } catch (IOException e) {
      throw new Fault("The limits of this process are unknown: " + e.getMessage(), e);
    }
  }

  /** A quarter of the machine's memory, because what {@code /tmp} holds is in memory. */
  static long quarterOfMemory() {
    try {
      Matcher m =
          Pattern.compile("MemTotal: +(\\d+) kB")
              .matcher(Files.readString(Path.of("/proc/meminfo")));
      return m.find() ? Long.parseLong(m.group(1)) * 1024 / 4 : 0;
    } catch (IOException e) {
      throw new Fault("The memory of this machine is unknown: " + e.getMessage(), e);
    }
  }
}

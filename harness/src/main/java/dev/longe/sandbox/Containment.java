package dev.longe.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How all processes of a tree are tracked and ended on this machine. */
public enum Containment {
  /** A pid namespace, for root. */
  NAMESPACE("--pid --fork --kill-child --mount-proc"),
  /** A pid namespace inside a user namespace, for other users. */
  USER_NAMESPACE("--user --map-current-user --pid --fork --kill-child --mount-proc"),
  /** No namespaces are available: processes are found by the marker in their environment. */
  SESSION("");

  /** Printed on standard error if a confined process could not start. */
  public static final String NO_MOUNT = "longe: an overlay can't be mounted";

  /** The exit status then. */
  public static final int NO_MOUNT_STATUS = 121;

  /** The exit status of a container's client if the container could not start. */
  public static final int NO_CONTAINER_STATUS = 125;

  static final List<String> DIES_WITH_US = List.of("setpriv", "--pdeathsig", "KILL", "--");

  /**
   * The first process of a namespace: it returns the status of the program. Without it the program
   * would be process 1, to which the kernel delivers only signals that it handles.
   */
  static final List<String> INIT = List.of("/bin/sh", "-c", "\"$@\"; exit $?", "init");

  private final String unshare;

  Containment(String unshare) {
    this.unshare = unshare;
  }

  boolean namespaced() {
    return this != SESSION;
  }

  List<String> wrap(List<String> argv) {
    List<String> all = new ArrayList<>();
    if (namespaced()) {
      all.addAll(DIES_WITH_US);
      all.add("unshare");
      all.addAll(List.of(unshare.split(" ")));
      all.add("--");
      all.addAll(INIT);
    } else {
      all.addAll(List.of("setsid", "--wait"));
    }
    all.addAll(argv);
    return all;
  }

  /** What ending a tree can't promise, for people; empty if nothing is left out. */
  public Optional<String> caveat() {
    return namespaced()
        ? Optional.empty()
        : Optional.of(
            "No process namespaces here: a process that left its session and cleared its"
                + " environment may still run.");
  }

  /** A description for people. */
  public String meaning() {
    return switch (this) {
      case NAMESPACE, USER_NAMESPACE ->
          "the kernel ends all processes of an agent when its attempt ends, also if Longe is ended"
              + " with kill -9";
      case SESSION ->
          "no process namespaces: after a kill -9 of Longe, processes of an agent run until the"
              + " next command of Longe";
    };
  }
}

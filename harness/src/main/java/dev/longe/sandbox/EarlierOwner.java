package dev.longe.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How release 0.1.0 named a process: host, boot, pid and start. Such a name still stands in the
 * journal of a home that was last used by it, and in the environment of what it started.
 */
record EarlierOwner(String host, String boot, long pid, String start) {
  private static final int PARTS = 4;

  static Optional<EarlierOwner> parse(String text) {
    String[] parts = text.split("/", -1);
    return parts.length == PARTS && !parts[0].isEmpty() && parts[2].matches("[0-9]{1,18}")
        ? Optional.of(new EarlierOwner(parts[0], parts[1], Long.parseLong(parts[2]), parts[3]))
        : Optional.empty();
  }

  /**
   * Whether that process still runs. Under another host name it is in a container on this machine,
   * where it can't be seen, so it counts as running; after a restart of the machine it does not.
   */
  boolean alive() {
    return boot.equals(thisBoot())
        && (!host.equals(Owners.machine()) || Proc.start(pid).filter(start::equals).isPresent());
  }

  private static String thisBoot() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    } catch (IOException e) {
      return "boot";
    }
  }
}

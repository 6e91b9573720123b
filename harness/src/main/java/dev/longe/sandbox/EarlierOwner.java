package dev.longe.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The name of a process in release 0.1.0: host, boot, pid and start. The journal of a home that was
 * last used by that release still contains such names, as does the environment of processes that it
 * started.
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
   * Whether that process still runs. A process with another host name is in a container on this
   * machine and can't be seen, so it counts as running. After a restart of the machine it counts as
   * ended.
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

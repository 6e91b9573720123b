package dev.longe.sandbox;

import dev.longe.core.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A process of this machine told from every other, past and future: host, boot, pid and start. Its
 * text form names the owner of leases and marks the processes it started.
 */
public record Owner(String host, String boot, long pid, String start) {

  /** This very process. */
  public static Owner self() {
    long pid = ProcessHandle.current().pid();
    return new Owner(
        readOr("/proc/sys/kernel/hostname", "localhost"),
        readOr("/proc/sys/kernel/random/boot_id", "boot"),
        pid,
        startOf(pid)
            .orElseThrow(() -> new Fault("This process can't see itself in the process table.")));
  }

  /** Whether the process with this text form still runs; one of another host counts as running. */
  public static boolean alive(String text) {
    String[] parts = text.split("/", -1);
    if (parts.length != 4) {
      throw new IllegalArgumentException("not an owner: " + text);
    }
    Owner self = self();
    if (!parts[0].equals(self.host)) {
      return true;
    }
    return parts[1].equals(self.boot)
        && startOf(Long.parseLong(parts[2])).filter(parts[3]::equals).isPresent();
  }

  /** The pid in an owner's text form. */
  public static String pidOf(String text) {
    return text.split("/", -1)[2];
  }

  /**
   * When a living process started, in a form that does not change while it lives; empty for a
   * zombie.
   */
  static Optional<String> startOf(long pid) {
    Path stat = Path.of("/proc/" + pid + "/stat");
    if (!Files.exists(Path.of("/proc/self/stat"))) {
      return ProcessHandle.of(pid)
          .filter(ProcessHandle::isAlive)
          .flatMap(h -> h.info().startInstant())
          .map(i -> Long.toString(i.toEpochMilli()));
    }
    try {
      String text = Files.readString(stat);
      String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
      return fields[0].equals("Z") || fields[0].equals("X")
          ? Optional.empty()
          : Optional.of(fields[19]);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String readOr(String file, String otherwise) {
    try {
      return Files.readString(Path.of(file)).strip().replace('/', '_');
    } catch (IOException e) {
      return otherwise;
    }
  }

  @Override
  public String toString() {
    return host + "/" + boot + "/" + pid + "/" + start;
  }
}

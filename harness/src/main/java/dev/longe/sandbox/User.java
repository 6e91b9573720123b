package dev.longe.sandbox;

import dev.longe.core.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The user that this process runs as. */
record User(String uid, String gid) {
  /**
   * The present user.
   *
   * @throws Fault if the machine has no {@code /proc}
   */
  static User present() {
    Path self = Path.of("/proc/self");
    try {
      return new User(
          Files.getAttribute(self, "unix:uid").toString(),
          Files.getAttribute(self, "unix:gid").toString());
    } catch (IOException e) {
      throw new Fault("The user of this process is unknown: " + e.getMessage(), e);
    }
  }

  boolean root() {
    return uid.equals("0");
  }
}

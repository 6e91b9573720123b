package dev.longe.e2e;

import dev.longe.sandbox.Sandbox;
import dev.longe.testing.World;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code longe} as a process of a user other than root. Only root can start it. */
final class OrdinaryUser {
  static final String ID = "65534";

  private OrdinaryUser() {}

  /**
   * Runs it with the home {@code temp/home}. Everything in {@code temp} belongs to the user
   * meanwhile.
   *
   * @param person the user's home directory
   */
  static Sandbox.Outcome longe(Path temp, Path directory, Path person, String... words) {
    StringBuilder copies = new StringBuilder();
    List<String> copied = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(":")) {
      Path copy = temp.resolve("cp/" + copied.size() + "-" + Path.of(entry).getFileName());
      copied.add(copy.toString());
      copies.append("cp -r '%s' '%s' 2>/dev/null || true\n".formatted(entry, copy));
    }
    World.shell(temp, "mkdir -p cp\n" + copies + "chown -hR " + ID + ":" + ID + " " + temp);
    List<String> argv =
        new ArrayList<>(
            List.of(
                "setpriv",
                "--reuid",
                ID,
                "--regid",
                ID,
                "--clear-groups",
                "env",
                "-i",
                "PATH=/usr/bin:/bin",
                "LC_ALL=C.UTF-8",
                "HOME=" + person,
                "LONGE_HOME=" + temp.resolve("home"),
                "LONGE_SANDBOX=auto"));
    argv.addAll(World.longe(words));
    argv.set(argv.indexOf("-cp") + 1, String.join(":", copied));
    return World.SANDBOX.run(World.SANDBOX.plain(argv, directory, Duration.ofMinutes(1)));
  }

  /** Gives everything in {@code temp} back to the user who runs the test. */
  static void leave(Path temp) {
    World.shell(temp, "chown -hR $(id -u) " + temp);
  }
}

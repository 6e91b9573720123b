package dev.longe.home;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.sandbox.Sandbox;
import dev.longe.testing.World;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class DirectoriesTest {
  @TempDir Path temp;

  /** Root needs no rights, so another user deletes, in a process of its own. */
  @Test
  void directoriesWithoutRights_areDeleted() {
    for (String mode : List.of("000", "200", "400", "500", "600")) {
      World.shell(
          temp, "mkdir -p x/%1$s/d; echo f > x/%1$s/d/f; chmod %1$s x/%1$s/d".formatted(mode));
    }
    List<String> argv = new ArrayList<>();
    StringBuilder copies = new StringBuilder("mkdir cp\n");
    for (String entry : System.getProperty("java.class.path").split(":")) {
      Path copy = temp.resolve("cp/" + argv.size() + "-" + Path.of(entry).getFileName());
      argv.add(copy.toString());
      copies.append("cp -r '%s' '%s' 2>/dev/null || true\n".formatted(entry, copy));
    }
    World.shell(temp, copies + "chown -R 65534:65534 .");
    Sandbox.Outcome outcome =
        World.SANDBOX.run(
            World.SANDBOX.plain(
                List.of(
                    "setpriv",
                    "--reuid=65534",
                    "--regid=65534",
                    "--clear-groups",
                    ProcessHandle.current().info().command().orElseThrow(),
                    "-cp",
                    String.join(":", argv),
                    Deleting.class.getName(),
                    temp.resolve("x").toString()),
                temp,
                Duration.ofMinutes(1)));
    assertThat(outcome.error()).isEmpty();
    assertThat(temp.resolve("x")).doesNotExist();
  }
}

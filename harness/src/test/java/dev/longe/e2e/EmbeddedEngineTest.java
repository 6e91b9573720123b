package dev.longe.e2e;

import dev.longe.sandbox.RunningProcess;
import dev.longe.testing.World;
import java.nio.file.Path;
import java.util.Map;

/** The contract, kept by {@code longe serve} on one machine. */
final class EmbeddedEngineTest extends EngineContract {
  @Override
  protected Map<String, String> variables() {
    return Map.of();
  }

  @Override
  protected AutoCloseable work(Path home) {
    RunningProcess serving = Launched.longe(temp, temp, Map.of(), "serve");
    return serving::kill;
  }

  @Override
  protected void day(String dollars) {
    World.write(temp.resolve("home/settings.yaml"), "day: " + dollars + "\n");
  }

  @Override
  protected Path landedIn(Path user, Path shared) {
    return user;
  }
}

package dev.longe.temporal;

import dev.longe.cli.EngineContract;
import java.nio.file.Path;
import java.util.Map;

/** The contract, kept by workers of Temporal's in-process test server. */
final class TemporalEngineTest extends EngineContract {
  private final FrontDoor server = new FrontDoor();

  @Override
  protected Map<String, String> variables() {
    return Map.of("LONGE_ENGINE", server.address());
  }

  @Override
  protected AutoCloseable work(Path home) {
    return TestWorker.start(server.address(), home, "box", 4);
  }

  @Override
  protected void day(String dollars) {
    try (AutoCloseable _ = work(temp.resolve("setting"))) {
      String _ = said("team", "--day", dollars);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Override
  protected Path landedIn(Path user, Path shared) {
    return shared;
  }

  @Override
  protected void after() {
    server.close();
  }
}

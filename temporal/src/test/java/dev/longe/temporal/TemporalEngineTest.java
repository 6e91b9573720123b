package dev.longe.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.cli.EngineContract;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The contract, kept by workers of Temporal's in-process test server. */
final class TemporalEngineTest extends EngineContract {
  private final FrontDoor server = new FrontDoor();
  private Optional<TestWorker> worker = Optional.empty();

  @Override
  protected Map<String, String> variables() {
    return Map.of("LONGE_ENGINE", server.address());
  }

  @Override
  protected AutoCloseable work(Path home) {
    if (worker.isEmpty()) {
      worker = Optional.of(TestWorker.start(server.address(), home, "box", 4));
    }
    return worker.get();
  }

  @Override
  protected void day(String dollars) {
    work();
    assertThat(said("team", "--day", dollars)).contains("of " + dollars);
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

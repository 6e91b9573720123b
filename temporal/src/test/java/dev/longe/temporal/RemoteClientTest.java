package dev.longe.temporal;

import dev.longe.tasks.ClientContract;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The contract of a client, kept by workers of Temporal's in-process test server. */
final class RemoteClientTest extends ClientContract {
  private final FrontDoor server = new FrontDoor();
  private Optional<TestWorker> worker = Optional.empty();

  @Override
  protected Map<String, String> variables() {
    return Map.of("LONGE_ENGINE", server.address());
  }

  @Override
  protected void begin() {
    worker = Optional.of(TestWorker.start(server.address(), temp.resolve("box"), "box", 4));
  }

  @Override
  protected Path landedIn(Path user, Path shared) {
    return shared;
  }

  @Override
  protected void end() {
    worker.ifPresent(TestWorker::close);
    server.close();
  }
}

package dev.longe.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.cli.Terminal;
import dev.longe.tasks.ClientContract;
import dev.longe.testing.World;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

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

  @Test
  void carriedFiles_areRefused_becauseWorkersDoNotHaveThem() {
    Path user = temp.resolve("user");
    World.write(user.resolve(".env.test"), "x");
    World.write(
        user.resolve(".longe/loops/carrying.md"),
        "---\nagent: command:cat\nchecks: [bash check.sh]\ncarry: [.env.test]\n---\n{{task}}\n");
    Terminal.Said said =
        new Terminal(temp.resolve("home"), user, variables())
            .longe("submit", "Make the answer right", "--loop", "carrying");
    assertThat(said.exit()).isEqualTo(2);
    assertThat(said.err())
        .contains("carry: names files of your work tree, which workers don't have");
  }
}

package dev.longe.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.core.Event;
import dev.longe.core.TaskId;
import dev.longe.e2e.EngineContract;
import dev.longe.home.Home;
import dev.longe.testing.World;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** The contract, kept by workers of Temporal's in-process test server. */
final class TemporalEngineIT extends EngineContract {
  private final FrontDoor server = new FrontDoor();
  private String test = "";
  private Optional<TestWorker> worker = Optional.empty();

  @BeforeEach
  void name(TestInfo info) {
    test = info.getTestMethod().orElseThrow().getName();
  }

  @Override
  protected Map<String, String> variables() {
    return Map.of("LONGE_ENGINE", server.address());
  }

  @Override
  protected AutoCloseable work(Path home) {
    if (worker.isEmpty()) {
      worker = Optional.of(TestWorker.start(server.address(), temp.resolve("box"), "box", 4));
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

  /** The workflow itself refuses it, whatever a client does. */
  @Test
  @Tag("I18")
  void decisionWithoutItsCandidate_isRefused() {
    String task = submit("attempts: [[{write: {path: answer.txt, text: \"42\\n\"}}]]\n");
    work();
    untilState(task, "proposed");
    Connection there =
        Connection.to(server.address(), World.ENVIRONMENT, new Home(temp.resolve("none")));
    try (TemporalEngine engine = new TemporalEngine(there)) {
      Event.Word word = new Event.Rejected("no", Optional.empty());
      assertThat(engine.say(new TaskId(task), word)).contains("names no candidate");
    }
    assertThat(state(task).attempts()).hasSize(1);
  }

  /** What a client that follows everything asks for again and again. */
  @Test
  void listSince_hasOpenTasks_andTheLatelyClosed() {
    String closed = submit("attempts: [[{write: {path: answer.txt, text: \"42\\n\"}}]]\n");
    work();
    untilState(closed, "proposed");
    assertThat(said("show", closed)).contains("42");
    assertThat(said("discard", closed)).doesNotContain("refused");
    untilState(closed, "discarded");
    String open = submit("attempts: [[{ask: \"which?\"}]]\n");
    untilState(open, "asking");
    Connection there =
        Connection.to(server.address(), World.ENVIRONMENT, new Home(temp.resolve("none")));
    try (TemporalEngine engine = new TemporalEngine(there)) {
      until("its workflow has ended", () -> engine.list(false).size() == 1);
      Instant now = Instant.now();
      assertThat(engine.listSince(now.minusSeconds(600)))
          .extracting(l -> l.row().id().text())
          .containsExactlyInAnyOrder(closed, open);
      assertThat(engine.listSince(now.plusSeconds(600)))
          .extracting(l -> l.row().id().text())
          .containsExactly(open);
    }
  }

  @Override
  protected void after() {
    Connection there =
        Connection.to(server.address(), World.ENVIRONMENT, new Home(temp.resolve("none")));
    Histories.record(test, there.client());
    there.stubs().shutdownNow();
    server.close();
  }
}

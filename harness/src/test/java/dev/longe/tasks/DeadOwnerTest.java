package dev.longe.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.core.Capabilities;
import dev.longe.core.Event;
import dev.longe.core.Money;
import dev.longe.core.Move;
import dev.longe.core.Reason;
import dev.longe.core.Stop;
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.effects.Installation;
import dev.longe.intake.Overrides;
import dev.longe.journal.Journal;
import dev.longe.journal.Lease;
import dev.longe.journal.Slots;
import dev.longe.sandbox.Environment;
import dev.longe.testing.World;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * An owner that was killed, on a machine without namespaces: the processes of its attempt outlive
 * it.
 */
@Timeout(60)
final class DeadOwnerTest {
  private static final String DEAD = "f".repeat(32);

  @TempDir Path temp;
  private final String mark = "472" + System.nanoTime();
  private Tasks tasks;
  private TaskId task;

  @BeforeEach
  void attemptWithoutOwner() {
    Path user = World.repository(temp.resolve("user"), "answer.txt", "0\n");
    World.write(temp.resolve("agent.yaml"), "attempts: [[{say: hello}]]\n");
    Map<String, String> all = new HashMap<>(World.ENVIRONMENT.all());
    all.put("LONGE_HOME", temp.resolve("home").toString());
    all.remove("LONGE_ENGINE");
    tasks = Tasks.of(Installation.of(new Environment(all), InstantSource.system()));
    Overrides parts =
        new Overrides(
            Optional.empty(),
            Optional.of("script:" + temp.resolve("agent.yaml")),
            List.of("true"),
            List.of(),
            false,
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    task =
        tasks
            .submit(
                new TaskRequest(
                    "Make it right", user, Path.of(""), Optional.empty(), parts, List.of()))
            .accepted();
    begin();
    Path up = temp.resolve("up");
    World.shell(
        temp,
        "LONGE_OWNER='%s' LONGE_RUN=x setsid sh -c 'touch %s; exec sleep %s' >/dev/null 2>&1 & true"
            .formatted(temp.resolve("home/owners").resolve(DEAD + ".lock"), up, mark));
    World.until("the agent works", () -> Files.exists(up));
  }

  private void begin() {
    try (Journal journal = Journal.open(temp.resolve("home"), DEAD::equals, () -> {})) {
      Lease lease = journal.lease(task, DEAD, Slots.ANY).orElseThrow();
      TaskState queued = journal.state(task);
      TaskState _ =
          journal.append(
              lease,
              queued,
              Instant.now(),
              List.of(
                  new Event.Claimed(lease.generation(), "m"),
                  new Event.Prepared("tree"),
                  new Event.Decided(
                      Move.FRESH,
                      Reason.FIRST,
                      "",
                      Optional.empty(),
                      Optional.empty(),
                      queued.spent()),
                  new Event.AttemptStarted(
                      1, 1, 0, new Capabilities(true, true, true), 1, Money.ZERO)));
    }
  }

  @AfterEach
  void end() {
    tasks.close();
    World.withArgument(mark).forEach(pid -> ProcessHandle.of(pid).orElseThrow().destroyForcibly());
  }

  /** The attempt is recorded as lost only when nothing of it is alive. */
  @Test
  @Tag("I12")
  void stop_endsWhatADeadOwnerLeft() {
    assertThat(tasks.say(task, new Event.StopAsked())).isInstanceOf(WordResult.Taken.class);
    assertThat(World.withArgument(mark)).isEmpty();
    assertThat(tasks.state(task).attempts().getFirst().stop()).contains(new Stop.Lost());
  }
}

package dev.longe.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.core.AgentSpec;
import dev.longe.core.CheckName;
import dev.longe.core.CheckSpec;
import dev.longe.core.Command;
import dev.longe.core.Commit;
import dev.longe.core.Event;
import dev.longe.core.Limits;
import dev.longe.core.Loop;
import dev.longe.core.Mode;
import dev.longe.core.Review;
import dev.longe.core.Sandboxing;
import dev.longe.core.Source;
import dev.longe.core.Stop;
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.engine.Reachable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class RunningAttemptsTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final TaskId TASK = new TaskId("abcde");

  private static AttemptRecorder attempt() {
    CheckSpec check =
        new CheckSpec.Run(
            new CheckName("tests"),
            new Command.Shell("x"),
            Optional.empty(),
            Duration.ofMinutes(1),
            false,
            false,
            OptionalInt.empty());
    Loop loop =
        new Loop(
            "fix",
            Mode.EXECUTE,
            List.of(new AgentSpec("claude", List.of())),
            Optional.empty(),
            List.of(),
            List.of(),
            List.of(check),
            List.of(),
            Loop.DEFAULT_MOVES,
            Limits.DEFAULT,
            Review.ALWAYS,
            Sandboxing.NONE,
            List.of(),
            List.of(),
            "{{task}}");
    Source source = new Source("/repo", Optional.of("main"), new Commit("a".repeat(40)));
    TaskState state = TaskState.of(TASK, List.of(new Event.Submitted("Mend it.", source, loop)));
    return new AttemptRecorder(state, InstantSource.system());
  }

  /** A word that was sent under an earlier claim and comes late finds nobody. */
  @Test
  @Tag("I11")
  void attempt_isFoundUnderItsOwnClaimAlone() {
    RunningAttempts running = new RunningAttempts();
    AttemptRecorder earlier = attempt();
    AttemptRecorder later = attempt();
    running.began(TASK, 1, earlier);
    running.began(TASK, 2, later);
    assertThat(running.of(TASK, 1)).containsSame(earlier);
    assertThat(running.of(TASK, 2)).containsSame(later);
    running.ended(TASK, 1);
    assertThat(running.of(TASK, 1)).isEmpty();
    assertThat(running.of(TASK, 2)).containsSame(later);
    assertThat(running.of(TASK, 3)).isEmpty();
    assertThat(running.of(new TaskId("abcdf"), 2)).isEmpty();
  }

  /** A message that comes before the agent's process has started is given to it at the start. */
  @Test
  void steer_waitsForTheAgentToStart() {
    AttemptRecorder attempt = attempt();
    List<String> told = new CopyOnWriteArrayList<>();
    CompletableFuture<Boolean> steered =
        inBackground(() -> attempt.steer("think of the sum", LONG));
    attempt.takeWords(Optional.of(listening(told)));
    assertThat(steered.join()).isTrue();
    assertThat(told).containsExactly("think of the sum");
  }

  /** By then the workflow has put the message into the next prompt: the agent is told once. */
  @Test
  void steer_isNotDelivered_afterItsPatience() {
    AttemptRecorder attempt = attempt();
    List<String> told = new CopyOnWriteArrayList<>();
    assertThat(attempt.steer("think of the sum", Duration.ofMillis(1))).isFalse();
    attempt.takeWords(Optional.of(listening(told)));
    assertThat(attempt.steer("and of the rest", LONG)).isTrue();
    assertThat(told).containsExactly("and of the rest");
  }

  @Test
  void steer_isNotDelivered_ifTheAttemptEndsWithoutAnAgent() {
    AttemptRecorder attempt = attempt();
    CompletableFuture<Boolean> steered =
        inBackground(() -> attempt.steer("think of the sum", LONG));
    attempt.ended();
    assertThat(steered.join()).isFalse();
  }

  private static CompletableFuture<Boolean> inBackground(Supplier<Boolean> call) {
    return CompletableFuture.supplyAsync(call, Thread::startVirtualThread);
  }

  private static Reachable listening(List<String> told) {
    return new Reachable() {
      @Override
      public boolean steer(String message) {
        return told.add(message);
      }

      @Override
      public void stop(Stop why) {
        throw new AssertionError("nobody asked for the end: " + why);
      }
    };
  }
}

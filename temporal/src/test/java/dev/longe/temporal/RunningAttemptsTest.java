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
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class RunningAttemptsTest {
  private static final TaskId TASK = new TaskId("abcde");

  private static AttemptRecorder attempt() {
    CheckSpec check =
        new CheckSpec.Run(
            new CheckName("tests"),
            new Command.Shell("x"),
            Optional.empty(),
            Duration.ofMinutes(1),
            false,
            false);
    Loop loop =
        new Loop(
            "fix",
            Mode.EXECUTE,
            List.of(new AgentSpec("claude", List.of())),
            Optional.empty(),
            List.of(check),
            List.of(),
            Loop.DEFAULT_MOVES,
            Limits.DEFAULT,
            Review.ALWAYS,
            Sandboxing.NONE,
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
}

package dev.longe.effects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.core.Command;
import dev.longe.core.TaskId;
import dev.longe.home.Home;
import dev.longe.sandbox.Owners;
import dev.longe.testing.World;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SetupProgressTest {
  private static final TaskId TASK = new TaskId("abcde");

  @TempDir Path temp;

  /** The lock of an owner is free after the process was killed. */
  @Test
  @Tag("F1")
  void setup_isShownWhileItsProcessLives() {
    Home home = new Home(temp);
    Instant began = Instant.parse("2026-01-02T03:04:05Z");
    Owners present = new Owners(home.owners(), World.ENVIRONMENT);
    SetupOutput output =
        SetupOutput.begin(home, present.own(), TASK, new Command.Shell("make deps"), began);
    output.line("12 of 200");
    try (Owners reader = new Owners(home.owners(), World.ENVIRONMENT)) {
      Optional<SetupProgress> shown = SetupProgress.of(home, reader, TASK);
      assertThat(shown)
          .contains(new SetupProgress(began, "make deps", "12 of 200", home.setupOutput(TASK)));
      assertThat(reader.known()).as("a reader becomes no owner").isEmpty();
      present.close();
      assertThat(SetupProgress.running(home, TASK)).exists();
      assertThat(SetupProgress.of(home, reader, TASK)).isEmpty();
    }
    SetupProgress.endLeft(home, TASK);
    assertThat(SetupProgress.running(home, TASK)).doesNotExist();
    SetupProgress.endLeft(home, TASK);
    output.close();
  }
}

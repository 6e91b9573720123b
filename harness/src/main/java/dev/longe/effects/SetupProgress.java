package dev.longe.effects;

import dev.longe.core.Fault;
import dev.longe.core.Spans;
import dev.longe.core.TaskId;
import dev.longe.core.Text;
import dev.longe.home.Home;
import dev.longe.sandbox.Owners;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The setup of a task that runs now, in any process on this machine.
 *
 * @param since when it started
 * @param command the command, as a person would type it
 * @param line the last line of its output that is not blank; empty if there is none yet
 * @param output the file with its whole output, to which its process appends
 */
public record SetupProgress(Instant since, String command, String line, Path output) {
  private static final int TAIL_BYTES = 4_096;

  /** The file that exists while the setup of a task runs. */
  static Path running(Home home, TaskId task) {
    return home.workspace(task).resolve("setup.running");
  }

  /** Deletes what a killed process left. Call it when no setup of the task runs. */
  static void endLeft(Home home, TaskId task) {
    try {
      Files.deleteIfExists(running(home, task));
    } catch (IOException e) {
      throw new Fault("The progress of the setup can't be deleted: " + e.getMessage(), e);
    }
  }

  /**
   * Empty if no setup of the task runs.
   *
   * @param owners the processes of this home
   */
  public static Optional<SetupProgress> of(Home home, Owners owners, TaskId task) {
    try {
      List<String> facts = Files.readAllLines(running(home, task));
      if (!owners.alive(facts.get(0))) {
        return Optional.empty();
      }
      Path output = home.setupOutput(task);
      return Optional.of(
          new SetupProgress(
              Instant.parse(facts.get(1)),
              Text.visible(String.join(" ", facts.subList(2, facts.size()))),
              last(output),
              output));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new Fault("The progress of the setup can't be read: " + e.getMessage(), e);
    }
  }

  private static String last(Path output) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(output.toFile(), "r")) {
      long length = file.length();
      byte[] tail = new byte[(int) Math.min(length, TAIL_BYTES)];
      file.seek(length - tail.length);
      file.readFully(tail);
      return new String(tail, StandardCharsets.UTF_8)
          .lines()
          .filter(l -> !l.isBlank())
          .reduce("", (_, l) -> l)
          .strip();
    }
  }

  /**
   * How long it has run, and its last line.
   *
   * @param now the present time
   */
  public String shown(Instant now) {
    Duration ran = Duration.ofSeconds(Duration.between(since, now).toSeconds());
    return "the setup has run for " + Spans.shown(ran) + (line.isEmpty() ? "" : ": " + line);
  }
}

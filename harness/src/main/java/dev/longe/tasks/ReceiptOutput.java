package dev.longe.tasks;

import dev.longe.core.Fault;
import dev.longe.core.TaskId;
import dev.longe.core.Text;
import dev.longe.home.Home;
import dev.longe.intake.InvalidInput;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** The recorded outputs of a task's checks and agents. */
record ReceiptOutput(Home home, TaskId task) {
  private static final String END = ".gz";
  private static final int SHOWN = 20;

  /** See {@link Tasks#receipt}. */
  void print(String receipt, Consumer<String> lines) {
    List<String> known = known();
    if (!known.contains(receipt)) {
      throw InvalidInput.option(
          "--receipt",
          known.isEmpty()
              ? "the task %s has no receipt yet".formatted(task)
              : "the task %s has no receipt «%s»; it has %s"
                  .formatted(task, Text.visible(receipt), Text.list(known, SHOWN)));
    }
    print(home.receipt(task, receipt), lines);
  }

  /** See {@link Tasks#transcript}. */
  void transcript(int attempt, Consumer<String> lines) {
    Path file = home.transcript(task, attempt);
    if (!Files.exists(file)) {
      throw InvalidInput.option(
          "--attempt", "the task %s has no transcript of attempt %d here".formatted(task, attempt));
    }
    print(file, lines);
  }

  private static void print(Path file, Consumer<String> lines) {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.accept(Text.visible(line));
      }
    } catch (EOFException e) {
      lines.accept("(the rest is not written yet, or its process was killed)");
    } catch (IOException e) {
      throw new Fault("The output " + file + " can't be read: " + e.getMessage(), e);
    }
  }

  private List<String> known() {
    Path directory = home.receipts(task);
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(f -> f.getFileName().toString())
          .filter(f -> f.endsWith(END))
          .map(f -> f.substring(0, f.length() - END.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new Fault("The directory " + directory + " can't be read: " + e.getMessage(), e);
    }
  }
}

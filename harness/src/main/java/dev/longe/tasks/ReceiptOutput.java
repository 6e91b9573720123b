package dev.longe.tasks;

import dev.longe.core.Fault;
import dev.longe.core.TaskId;
import dev.longe.core.Text;
import dev.longe.home.Home;
import dev.longe.intake.InvalidInput;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** The recorded outputs of a task's checks. */
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
    Path file = home.receipt(task, receipt);
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.accept(Text.visible(line));
      }
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

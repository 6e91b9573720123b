package dev.longe.temporal;

import dev.longe.arch.Golden;
import io.temporal.client.WorkflowClient;
import io.temporal.common.WorkflowExecutionHistory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Recorded histories of workflows: those of a released wire version, which are only read, and those
 * of the present code, which are written anew with {@code -Dlonge.golden=write}.
 */
final class Histories {
  private static final Path DIRECTORY = Path.of("src/test/resources/dev/longe/temporal/histories");

  private Histories() {}

  /** All that are kept. */
  static List<Path> all() {
    try (Stream<Path> files = Files.walk(DIRECTORY)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static WorkflowExecutionHistory read(Path file) {
    try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return WorkflowExecutionHistory.fromJson(
          new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Keeps what a test's workflows did, if it is asked for. */
  static void record(String test, WorkflowClient client) {
    if (!Golden.writing()) {
      return;
    }
    client
        .listExecutions("")
        .forEach(e ->
            write(
                "current/" + test + "-" + e.getWorkflowType(),
                client.fetchHistory(e.getExecution().getWorkflowId()).toJson(false)));
  }

  private static void write(String name, String json) {
    Path file = DIRECTORY.resolve(name + ".json.gz");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(json.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Golden.write(file, bytes.toByteArray());
  }
}

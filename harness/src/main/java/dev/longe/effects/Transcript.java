package dev.longe.effects;

import dev.longe.agent.AgentEvent;
import dev.longe.core.Fault;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/**
 * The compressed record of an agent's input and output, stored beside the journal. {@code check}
 * throws if writing has failed.
 */
final class Transcript implements AutoCloseable {
  private final OutputStream file;
  private Optional<IOException> failure = Optional.empty();

  Transcript(Path path, String prompt) {
    try {
      Path parent = path.getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      file = new GZIPOutputStream(Files.newOutputStream(path), 8192, true);
    } catch (IOException e) {
      throw new Fault("The transcript " + path + " can't be written: " + e.getMessage(), e);
    }
    write(prompt + "\n---\n");
  }

  synchronized void add(AgentEvent event) {
    switch (event) {
      case AgentEvent.Raw raw -> write(raw.line() + "\n");
      case AgentEvent.Said said -> write("says: " + said.text() + "\n");
      case AgentEvent.ToolCalled call ->
          write("calls " + call.tool() + ": " + call.detail() + "\n");
      case AgentEvent.Started _, AgentEvent.ToolReturned _, AgentEvent.Used _ -> {}
    }
  }

  private synchronized void write(String text) {
    if (failure.isPresent()) {
      return;
    }
    try {
      file.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      failure = Optional.of(e);
    }
  }

  synchronized void check() {
    failure.ifPresent(e -> {
      throw new Fault("The transcript can't be written: " + e.getMessage(), e);
    });
  }

  @Override
  public synchronized void close() {
    try {
      file.close();
    } catch (IOException e) {
      failure = Optional.of(e);
    }
    check();
  }
}

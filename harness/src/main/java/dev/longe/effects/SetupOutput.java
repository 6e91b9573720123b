package dev.longe.effects;

import dev.longe.core.Command;
import dev.longe.core.Fault;
import dev.longe.core.TaskId;
import dev.longe.core.Text;
import dev.longe.home.Directories;
import dev.longe.home.Home;
import dev.longe.sandbox.Output;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Captures what a setup prints: all of it in a file that can be read meanwhile, its first and last
 * lines in memory. A write error is thrown by {@code close}, because the threads that deliver lines
 * can't handle it.
 */
final class SetupOutput implements Output, AutoCloseable {
  /** How many lines of the beginning, and of the end, are kept. */
  private static final int LINES = 3;

  private final Path running;
  private final BufferedWriter file;
  private final List<String> first = new ArrayList<>();
  private final Deque<String> last = new ArrayDeque<>();
  private boolean some;
  private Optional<IOException> failure = Optional.empty();

  private SetupOutput(Path running, BufferedWriter file) {
    this.running = running;
    this.file = file;
  }

  /**
   * Begins the file anew, and notes that the setup runs.
   *
   * @param owner the id of the process that runs it
   */
  static SetupOutput begin(Home home, String owner, TaskId task, Command command, Instant now) {
    Path output = home.setupOutput(task);
    try {
      Directories.make(home.workspace(task));
      BufferedWriter file = Files.newBufferedWriter(output);
      Path running = SetupProgress.running(home, task);
      Path made = running.resolveSibling(running.getFileName() + ".new");
      Files.writeString(made, owner + "\n" + now + "\n" + command.shown() + "\n");
      Files.move(made, running, StandardCopyOption.ATOMIC_MOVE);
      return new SetupOutput(running, file);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  @Override
  public synchronized void line(String line) {
    String shown = Text.visible(line);
    write(shown);
    if (shown.isBlank()) {
      return;
    }
    if (first.size() < LINES) {
      first.add(shown);
      return;
    }
    last.addLast(shown);
    if (last.size() > LINES) {
      last.removeFirst();
      some = true;
    }
  }

  @Override
  public synchronized void errorLine(String line) {
    line(line);
  }

  private void write(String line) {
    if (failure.isPresent()) {
      return;
    }
    try {
      file.write(line + "\n");
      file.flush();
    } catch (IOException e) {
      failure = Optional.of(e);
    }
  }

  /** The first and the last lines that are not blank, with «…» for those between them. */
  synchronized List<String> shown() {
    List<String> all = new ArrayList<>(first);
    if (some) {
      all.add("…");
    }
    all.addAll(last);
    return all;
  }

  @Override
  public synchronized void close() {
    try {
      Files.deleteIfExists(running);
      file.close();
    } catch (IOException e) {
      throw unwritable(e);
    }
    failure.ifPresent(e -> {
      throw unwritable(e);
    });
  }

  private static Fault unwritable(IOException e) {
    return new Fault("The output of the setup can't be written: " + e.getMessage(), e);
  }
}

package dev.longe.check;

import dev.longe.sandbox.Output;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/**
 * Captures a check's output: all of it in a compressed file, its end in memory. A write error is
 * thrown by {@code close}, because the threads that deliver lines can't handle it.
 */
final class OutputCapture implements Output, AutoCloseable {
  private static final int TAIL_LINES = 400;

  private final MessageDigest digest;
  private final OutputStream file;
  private final Deque<String> tail = new ArrayDeque<>();
  private final Deque<String> printed = new ArrayDeque<>();
  private final RunnerOutput runner = new RunnerOutput();
  private Optional<IOException> failure = Optional.empty();

  OutputCapture(Path path) throws IOException {
    Path parent = path.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    file = new DigestOutputStream(new GZIPOutputStream(Files.newOutputStream(path)), digest);
  }

  @Override
  public synchronized void line(String line) {
    keep(line);
    push(printed, line);
  }

  @Override
  public synchronized void errorLine(String line) {
    keep(line);
  }

  /** Adds a line to the file only. */
  synchronized void below(String line) {
    write(line);
  }

  private void keep(String line) {
    runner.line(line);
    push(tail, line);
    write(line);
  }

  private void write(String line) {
    if (failure.isPresent()) {
      return;
    }
    try {
      file.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      failure = Optional.of(e);
    }
  }

  private static void push(Deque<String> lines, String line) {
    lines.addLast(line);
    if (lines.size() > TAIL_LINES) {
      lines.removeFirst();
    }
  }

  /** The last lines of standard output and standard error. */
  synchronized List<String> tail() {
    return List.copyOf(tail);
  }

  /** The last lines of standard output. */
  synchronized List<String> printed() {
    return List.copyOf(printed);
  }

  /** What test runners printed. Use it when the process has ended. */
  RunnerOutput runner() {
    return runner;
  }

  /** SHA-256 of the complete output. */
  synchronized String sha256() {
    return HexFormat.of().formatHex(digest.digest());
  }

  @Override
  public synchronized void close() throws IOException {
    if (failure.isPresent()) {
      throw failure.get();
    }
    file.close();
  }
}

package dev.longe.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** Splits a stream of bytes at line feeds; invalid UTF-8 becomes the replacement character. */
final class LineReader {
  /**
   * Maximum length of a line; a longer line is split. 32 MiB: ten times the longest line observed
   * from an agent.
   */
  static final int LINE_BYTES_MAX = 32 << 20;

  private static final int BUFFER_BYTES = 16 << 10;

  private final ByteArrayOutputStream line = new ByteArrayOutputStream(256);
  private final Consumer<String> lines;

  LineReader(Consumer<String> lines) {
    this.lines = lines;
  }

  /**
   * Reads to the end. {@code counted} gets the size of each chunk before its lines are passed on.
   */
  void drain(InputStream in, IntConsumer counted) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      counted.accept(n);
      split(buffer, n);
    }
    if (line.size() > 0) {
      hand();
    }
  }

  private void split(byte[] buffer, int n) {
    int from = 0;
    for (int i = 0; i < n; i++) {
      if (buffer[i] == '\n') {
        line.write(buffer, from, i - from);
        hand();
        from = i + 1;
      }
    }
    line.write(buffer, from, n - from);
    if (line.size() >= LINE_BYTES_MAX) {
      hand();
    }
  }

  private void hand() {
    String text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    lines.accept(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
  }
}

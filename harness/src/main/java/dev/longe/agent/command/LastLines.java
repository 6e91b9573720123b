package dev.longe.agent.command;

import dev.longe.core.Text;
import dev.longe.sandbox.Output;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;

/** The last lines that a program has printed. Safe for use by many threads. */
final class LastLines implements Output {
  private static final int LINES = 40;
  private static final int CHARS = 200;

  /** A line that names an error; after it many programs print where it happened. */
  private static final Pattern ERROR =
      Pattern.compile(
          "\\w*(error|exception|fatal|panic)\\b|\\b(denied|not found|cannot|can't|no"
              + " such|failed)\\b",
          Pattern.CASE_INSENSITIVE);

  private final Deque<String> out = new ArrayDeque<>();
  private final Deque<String> err = new ArrayDeque<>();

  @Override
  public synchronized void line(String line) {
    keep(out, line);
  }

  @Override
  public synchronized void errorLine(String line) {
    keep(err, line);
  }

  private static void keep(Deque<String> lines, String line) {
    if (!line.isBlank()) {
      lines.addLast(Text.clip(line.strip(), CHARS));
      if (lines.size() > LINES) {
        lines.removeFirst();
      }
    }
  }

  /**
   * What explains a failure: the last line of standard error that names an error, and the very last
   * one. Of a program that prints no errors, the last lines of its output. May be empty.
   */
  synchronized String decisive() {
    List<String> lines = List.copyOf(err.isEmpty() ? out : err);
    if (lines.isEmpty()) {
      return "";
    }
    String last = lines.getLast();
    return lines.reversed().stream()
        .filter(l -> ERROR.matcher(l).find())
        .findFirst()
        .filter(l -> !l.equals(last))
        .map(l -> l + " … " + last)
        .orElse(last);
  }
}

package dev.longe.intake;

/**
 * One problem of an input. The message says what is wrong and what is allowed.
 *
 * @param file the file, or {@code command line}
 * @param line the line, counted from 1; 0 if there are no lines
 * @param path the position in the structure, for example {@code checks[1].timeout}
 */
public record Problem(String file, int line, String path, String message) {
  @Override
  public String toString() {
    String place = line > 0 ? file + ":" + line : file;
    return path.isEmpty() ? place + ": " + message : place + ": " + path + ": " + message;
  }
}

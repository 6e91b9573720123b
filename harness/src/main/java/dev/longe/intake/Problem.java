package dev.longe.intake;

/**
 * What is wrong with an input, and what would be right.
 *
 * @param file the file, or {@code command line}
 * @param line counts from 1; 0 where there are no lines
 * @param path where in the structure, for example {@code checks[1].timeout}
 */
public record Problem(String file, int line, String path, String message) {
  @Override
  public String toString() {
    String place = line > 0 ? file + ":" + line : file;
    return path.isEmpty() ? place + ": " + message : place + ": " + path + ": " + message;
  }
}

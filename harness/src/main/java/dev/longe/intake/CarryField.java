package dev.longe.intake;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** Reads which untracked files of the user every tree of a task contains. */
final class CarryField {
  private CarryField() {}

  /** The paths, relative to the top of the repository, in their shortest form. */
  static List<String> read(Field field) {
    return field.items().stream()
        .flatMap(x -> x.parsed(CarryField::path).stream())
        .distinct()
        .toList();
  }

  private static String path(String text) {
    Path path;
    try {
      path = Path.of(text.strip());
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("is no path: " + text, e);
    }
    if (path.isAbsolute()) {
      throw new IllegalArgumentException(
          "must be relative to the top of the repository, was " + text);
    }
    for (Path part : path) {
      if (part.toString().equals("..")) {
        throw new IllegalArgumentException("must not contain «..», was " + text);
      }
      if (part.toString().equalsIgnoreCase(".git")) {
        throw new IllegalArgumentException("must not name git's own files, was " + text);
      }
    }
    String shortest = path.normalize().toString();
    if (shortest.isEmpty()) {
      throw new IllegalArgumentException("must name a file or directory, was " + text);
    }
    return shortest;
  }
}

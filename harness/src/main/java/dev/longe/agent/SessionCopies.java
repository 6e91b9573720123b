package dev.longe.agent;

import dev.longe.core.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Copies session files. */
public final class SessionCopies {
  private static final Set<String> TEXTS = Set.of(".json", ".jsonl", ".yaml");

  private SessionCopies() {}

  /**
   * A file below a directory whose path ends with {@code end}.
   *
   * @throws Fault if there is none
   */
  public static Path find(Path root, String end, String session) {
    if (Files.isDirectory(root)) {
      try (Stream<Path> all = Files.walk(root)) {
        return all.filter(p -> p.toString().endsWith(end) && regular(p))
            .findFirst()
            .orElseThrow(() -> gone(session, root));
      } catch (IOException | UncheckedIOException e) {
        throw new Fault("The sessions in " + root + " can't be read: " + e.getMessage(), e);
      }
    }
    throw gone(session, root);
  }

  private static Fault gone(String session, Path root) {
    return new Fault("The session " + session + " is no longer in " + root + ".");
  }

  /** Whether a path is a file itself. An agent can leave a link or a pipe in its place. */
  public static boolean regular(Path path) {
    return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Copies a file.
   *
   * @throws Fault if it is no regular file, or can't be copied
   */
  public static void copy(Path from, Path to) {
    if (!regular(from)) {
      throw new Fault("The session " + from + " is no file.");
    }
    try {
      Path parent = to.getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new Fault("The session " + from + " can't be copied: " + e.getMessage(), e);
    }
  }

  /**
   * Copies a directory recursively.
   *
   * @throws Fault if the directory does not exist or can't be copied
   */
  public static void tree(Path from, Path to, String session) {
    if (!Files.isDirectory(from)) {
      throw gone(session, from);
    }
    for (Path file : files(from)) {
      copy(file, to.resolve(from.relativize(file).toString()));
    }
  }

  /** Replaces a text by another in all text files below a directory. */
  public static void replace(Path root, String text, String by) {
    for (Path file : files(root).stream().filter(SessionCopies::isText).toList()) {
      try {
        Files.writeString(file, Files.readString(file).replace(text, by));
      } catch (IOException e) {
        throw new Fault("The session file " + file + " can't be written: " + e.getMessage(), e);
      }
    }
  }

  private static boolean isText(Path file) {
    return TEXTS.stream().anyMatch(file.toString()::endsWith);
  }

  private static List<Path> files(Path root) {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(SessionCopies::regular).toList();
    } catch (IOException | UncheckedIOException e) {
      throw new Fault("The session in " + root + " can't be read: " + e.getMessage(), e);
    }
  }
}

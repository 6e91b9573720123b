package dev.longe.tasks;

import dev.longe.check.CodeTree;
import dev.longe.core.Commit;
import dev.longe.effects.Installation;
import dev.longe.intake.InvalidInput;
import dev.longe.quality.Quality;
import dev.longe.quality.Tree;
import dev.longe.review.Understanding;
import dev.longe.workspace.Repository;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which lines of a repository some human understands.
 *
 * @param top the repository's directory
 * @param parts its files, at least one
 */
public record UnderstandingReport(Path top, List<Understanding.Part> parts) {
  private static final int TEXT_BYTES_MAX = 1 << 20;

  /** The history of more files takes minutes to read. */
  private static final int FILES_MAX = 100_000;

  public UnderstandingReport {
    parts = List.copyOf(parts);
  }

  /** The number of lines. */
  public int lines() {
    return parts.stream().mapToInt(Understanding.Part::lines).sum();
  }

  /** The number of lines that nobody understands. */
  public int dark() {
    return parts.stream().mapToInt(Understanding.Part::dark).sum();
  }

  /**
   * @param directory in the repository
   * @param path a file or directory of the repository; empty for all of it
   * @param halfLife the time in which understanding of a line falls to half
   * @throws InvalidInput if there is no text below the path, or too much
   * @throws dev.longe.core.Fault if the repository can't be used
   */
  public static UnderstandingReport of(
      Installation installation, Path directory, Optional<String> path, Duration halfLife) {
    Repository repository = installation.repository(directory);
    Commit head = repository.head();
    Tree tree = CodeTree.of(repository, head);
    String below = path.map(p -> p.replaceFirst("^\\./", "").replaceFirst("/+$", "")).orElse("");
    List<String> files = tree.files().keySet().stream().filter(f -> isBelow(f, below)).toList();
    if (files.size() > FILES_MAX) {
      throw InvalidInput.option(
          "PATH",
          "there are %,d files; name a directory with at most %,d"
              .formatted(files.size(), FILES_MAX));
    }
    Optional<String> scope =
        tree.files().size() > FILES_MAX ? Optional.of(below) : Optional.empty();
    try (Tree.Contents contents = tree.contents(Set.copyOf(files))) {
      List<Understanding.Part> parts =
          Understanding.of(
              repository,
              head,
              scope,
              files,
              f -> text(f, contents.read(f)),
              installation.clock().instant(),
              halfLife);
      if (parts.isEmpty()) {
        throw InvalidInput.option("PATH", "there is no text file below «" + path.orElse(".") + "»");
      }
      return new UnderstandingReport(repository.top(), parts);
    }
  }

  private static boolean isBelow(String file, String directory) {
    return directory.isEmpty()
        || directory.equals(".")
        || file.equals(directory)
        || file.startsWith(directory + "/");
  }

  /** The text of a file; empty if it is binary, too large or generated. */
  private static Optional<String> text(String file, byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    boolean readable =
        bytes.length <= TEXT_BYTES_MAX
            && text.indexOf('\0') < 0
            && !Quality.isGenerated(file, text);
    return readable ? Optional.of(text) : Optional.empty();
  }
}

package dev.longe.workspace;

import dev.longe.core.Commit;
import dev.longe.core.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Files of a work tree that moving it to another commit would overwrite or delete. Git refuses to
 * do that with untracked files, but not with ignored ones.
 */
record FilesInTheWay(Path tree, Set<String> removed) {

  /**
   * A path in the work tree that the move would lose; empty if there is none.
   *
   * @param git commands in the work tree
   */
  static Optional<String> of(Git git, Path tree, Commit from, Commit to) {
    Changes changes = Changes.between(git, from.id(), to.id());
    Set<String> removed =
        changes.paths().stream()
            .filter(p -> p.newMode().equals(Changes.ABSENT))
            .map(Changes.Path::name)
            .collect(Collectors.toSet());
    FilesInTheWay found = new FilesInTheWay(tree, removed);
    return changes.paths().stream()
        .filter(p -> p.oldMode().equals(Changes.ABSENT))
        .flatMap(p -> found.at(tree.resolve(p.name())).stream())
        .findFirst();
  }

  private Optional<String> at(Path added) {
    Optional<Path> above = above(tree, added);
    if (above.isPresent()) {
      return lost(above.get());
    }
    if (!Files.isDirectory(added, LinkOption.NOFOLLOW_LINKS)) {
      return Files.exists(added, LinkOption.NOFOLLOW_LINKS) ? lost(added) : Optional.empty();
    }
    try (Stream<Path> files = Files.walk(added)) {
      return files
          .filter(f -> !Files.isDirectory(f, LinkOption.NOFOLLOW_LINKS))
          .flatMap(f -> lost(f).stream())
          .findFirst();
    } catch (IOException | UncheckedIOException e) {
      throw new Fault("The directory " + added + " can't be read: " + e.getMessage(), e);
    }
  }

  /** What is no directory, but is in place of a directory above a file; the outermost one. */
  static Optional<Path> above(Path tree, Path file) {
    return directories(tree, file).stream()
        .filter(d -> Files.exists(d, LinkOption.NOFOLLOW_LINKS))
        .filter(d -> !Files.isDirectory(d, LinkOption.NOFOLLOW_LINKS))
        .findFirst();
  }

  /** The directories above a file, without the tree itself, the outermost first. */
  static List<Path> directories(Path tree, Path file) {
    Path name = tree.relativize(file);
    return IntStream.range(1, name.getNameCount())
        .mapToObj(n -> tree.resolve(name.subpath(0, n)))
        .toList();
  }

  private Optional<String> lost(Path file) {
    String name = tree.relativize(file).toString();
    return removed.contains(name) ? Optional.empty() : Optional.of(name);
  }
}

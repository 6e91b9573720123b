package dev.longe.workspace;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes a tree that is a layer as a git tree, by its changes alone: the time does not depend on
 * the size of the repository.
 *
 * @param whole commands for which the layer is mounted, with the index of the tree
 * @param index commands with the index of the tree only
 */
record LayerSnapshot(Git whole, Git index) {
  /** Exit status of {@code check-ignore}. */
  private static final int NONE_IGNORED = 1;

  /**
   * The id of the git tree; empty if git refuses something, so that the whole tree has to be looked
   * at.
   */
  Optional<String> write(LayerChanges changes) {
    Optional<Set<String>> ignored = ignored(changes.written());
    Optional<Set<String>> tracked = tracked(changes.gone());
    return ignored.flatMap(out -> tracked.flatMap(gone -> write(changes.written(), out, gone)));
  }

  private Optional<String> write(List<String> written, Set<String> ignored, Set<String> gone) {
    List<String> paths = new ArrayList<>(written);
    paths.removeIf(ignored::contains);
    paths.addAll(gone);
    Git.Result answer =
        paths.isEmpty()
            ? new Git.Result(0, "", "")
            : whole.askWith(
                lines(paths), "update-index", "--add", "--remove", "--replace", "-z", "--stdin");
    boolean all =
        answer.ok() && answer.error().isBlank(); // it leaves out some names with a warning
    return all ? Optional.of(index.run("write-tree")) : Optional.empty();
  }

  /** Those of the paths that are not tracked and that the rules of the tree ignore. */
  private Optional<Set<String>> ignored(List<String> paths) {
    if (paths.isEmpty()) {
      return Optional.of(Set.of());
    }
    Git.Result answer = whole.askWith(lines(paths), "check-ignore", "-z", "--stdin");
    return answer.ok() || answer.status() == NONE_IGNORED
        ? Optional.of(split(answer))
        : Optional.empty();
  }

  /** The tracked files at or below the paths. */
  private Optional<Set<String>> tracked(List<String> paths) {
    if (paths.isEmpty()) {
      return Optional.of(Set.of());
    }
    Git.Result answer = index.ask("ls-files", "-z");
    Set<String> gone = new HashSet<>(paths);
    return answer.ok()
        ? Optional.of(
            split(answer).stream()
                .filter(file -> above(file).anyMatch(gone::contains))
                .collect(Collectors.toSet()))
        : Optional.empty();
  }

  /** A path and all directories above it. */
  private static Stream<String> above(String path) {
    return Stream.iterate(
        path, p -> !p.isEmpty(), p -> p.substring(0, Math.max(0, p.lastIndexOf('/'))));
  }

  private static Set<String> split(Git.Result answer) {
    return new HashSet<>(Stream.of(answer.output().split("\0")).filter(p -> !p.isEmpty()).toList());
  }

  private static String lines(List<String> paths) {
    return String.join("\0", paths) + "\0";
  }
}

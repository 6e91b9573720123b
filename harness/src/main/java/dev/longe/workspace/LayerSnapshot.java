package dev.longe.workspace;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Writes a tree that is a layer as a git tree, by its changes alone: the time does not depend on
 * the size of the repository.
 *
 * @param whole commands for which the layer is mounted, with the index of the tree
 * @param index commands with the index of the tree only
 */
record LayerSnapshot(Git whole, Git index) {
  /**
   * The id of the git tree; empty if git refuses something, so that the whole tree has to be looked
   * at.
   */
  Optional<String> write(LayerChanges changes) {
    Set<String> ignored = ignored(changes.written());
    List<String> paths = new ArrayList<>(changes.written());
    paths.removeIf(ignored::contains);
    paths.addAll(tracked(changes.gone()));
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
  private Set<String> ignored(List<String> paths) {
    return paths.isEmpty()
        ? Set.of()
        : split(whole.askWith(lines(paths), "check-ignore", "-z", "--stdin"));
  }

  /** The tracked files at or below the paths. */
  private Set<String> tracked(List<String> paths) {
    if (paths.isEmpty()) {
      return Set.of();
    }
    List<String> words = new ArrayList<>(List.of("ls-files", "-z", "--"));
    paths.stream().map(p -> ":(top,literal)" + p).forEach(words::add);
    return split(index.ask(words.toArray(String[]::new)));
  }

  private static Set<String> split(Git.Result answer) {
    return new HashSet<>(Stream.of(answer.output().split("\0")).filter(p -> !p.isEmpty()).toList());
  }

  private static String lines(List<String> paths) {
    return String.join("\0", paths) + "\0";
  }
}

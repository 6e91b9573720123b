package dev.longe.workspace;

import dev.longe.core.Commit;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Writes the changed files of a commit into a directory of its own, to learn whether the user's
 * filters can make them. A filter that fails in the user's work tree has taken the old file away.
 *
 * @param there commands in the user's work tree
 * @param common the git directory of all work trees
 */
record TrialCheckout(Git there, Path common) {
  private Path directory() {
    return common.resolve("longe.trial");
  }

  /** Why git can't write the files; empty if it can, or if the user has no filter. */
  Optional<String> of(Commit from, Commit to) {
    if (!there.ask("config", "--get-regexp", "^filter\\..*\\.(smudge|process)$").ok()) {
      return Optional.empty();
    }
    List<Changes.Path> changed = Changes.between(there, from.id(), to.id()).paths();
    String names =
        changed.stream()
            .filter(p -> !p.newMode().equals(Changes.ABSENT))
            .map(p -> p.name() + "\0")
            .collect(Collectors.joining());
    remove();
    try {
      Git.Result _ = there.tool("mkdir", directory().toString());
      Git git = there.with("GIT_INDEX_FILE", directory().resolve("index")).contained();
      git.run("read-tree", to.id());
      Git.Result written =
          git.askWith(
              names, "checkout-index", "--prefix=" + directory() + "/files/", "-z", "--stdin");
      return written.ok() ? Optional.empty() : Optional.of(written.error());
    } finally {
      remove();
    }
  }

  /** Removes what a killed process has left. */
  void remove() {
    there.delete(directory());
  }
}

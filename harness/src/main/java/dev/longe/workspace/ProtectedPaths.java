package dev.longe.workspace;

import dev.longe.core.Commit;
import java.util.List;

/** The paths of a repository that checks take from the base. */
final class ProtectedPaths {
  private final Git harnessGit;
  private final Globs globs;

  ProtectedPaths(Git harnessGit, List<String> globs) {
    this.harnessGit = harnessGit;
    this.globs = new Globs(globs);
  }

  boolean match(String path) {
    return globs.match(path);
  }

  /** The tree of {@code commit}, with protected paths as in {@code from}. */
  String restored(Commit commit, Commit from, Git scratch) {
    List<Changes.Path> touched =
        Changes.between(harnessGit, from.id(), commit.id()).paths().stream()
            .filter(p -> match(p.name()))
            .toList();
    if (touched.isEmpty()) {
      return harnessGit.run("rev-parse", commit.id() + "^{tree}");
    }
    StringBuilder entries = new StringBuilder();
    touched.forEach(p ->
        entries
            .append(p.oldMode())
            .append(' ')
            .append(p.oldId())
            .append('\t')
            .append(p.name())
            .append('\0'));
    scratch.run("read-tree", commit.id());
    scratch.feed(entries.toString(), "update-index", "-z", "--index-info");
    return scratch.run("write-tree");
  }
}

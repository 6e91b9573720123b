package dev.longe.workspace;

import dev.longe.core.Commit;
import dev.longe.core.Fault;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/**
 * Makes a new tree for each run of a check. It contains the base, what the setup made of it, and
 * the changes of a commit; nothing that an agent or an earlier check left.
 */
final class CheckTrees {
  /** The name of an ordinary tree. */
  static final String PLAIN = "check";

  /** A copy has the times of the original, and nobody has changed it. */
  private static final Map<String, String> COPIED =
      Map.of("core.checkStat", "minimal", "core.trustctime", "false");

  private final HarnessGit harnessGit;
  private final Trees trees;
  private final Seed seed;
  private final Path directory;
  private final WorkTree plain;
  private final Path original;

  CheckTrees(HarnessGit harnessGit, Trees trees, Seed seed, Path directory) {
    this.harnessGit = harnessGit;
    this.trees = trees;
    this.seed = seed;
    this.directory = directory;
    this.plain = WorkTree.plain(directory, PLAIN);
    this.original = directory.resolve("original");
  }

  /** Makes an ordinary tree with the base, in which the setup can run. */
  void begin(Commit base) {
    if (!Files.isDirectory(original, LinkOption.NOFOLLOW_LINKS) && !plain.exists()) {
      trees.make(plain, base);
      seed.plant(plain.files(), base, plain.index());
    }
  }

  /** Keeps the ordinary tree as the original of the trees that are made later. */
  void keep() {
    if (Files.isDirectory(original, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try {
      Files.move(plain.index(), index(original), StandardCopyOption.ATOMIC_MOVE);
      Files.move(plain.files(), original, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new Fault("The tree " + original + " can't be kept: " + e.getMessage(), e);
    }
  }

  private static Path index(Path tree) {
    return tree.resolveSibling(tree.getFileName() + ".index");
  }

  /** A copy of the original, with the content of a git tree. */
  CheckTree copied(Commit commit, String tree) {
    keep();
    Git git = harnessGit.git().at(directory);
    git.delete(plain.files());
    Git.Result copied =
        git.tool("cp", "-a", "--reflink=auto", "--", original.toString(), plain.files().toString());
    if (!copied.ok()) {
      throw new Fault("The tree of a check can't be made: " + copied.error().strip());
    }
    try {
      // With its time: git compares it with the times of files.
      Files.copy(
          index(original),
          plain.index(),
          StandardCopyOption.REPLACE_EXISTING,
          StandardCopyOption.COPY_ATTRIBUTES);
    } catch (IOException e) {
      throw new Fault("The tree of a check can't be made: " + e.getMessage(), e);
    }
    plain.git(harnessGit).configured(COPIED).run("read-tree", "-u", "--reset", tree);
    seed.plant(plain.files(), commit, plain.index());
    return new CheckTree(plain.seen(), plain.files(), plain.layer(), commit, tree);
  }

  /**
   * A layer on a prepared base, with the content of a git tree.
   *
   * @param scratch name of a new directory for the layer; begins with {@link CheckTree#PREFIX}
   * @param seen where the check sees the tree
   */
  CheckTree layered(String scratch, PreparedBase on, Path seen, Commit commit, String tree) {
    WorkTree made = WorkTree.layered(directory, scratch, on, seen);
    trees.begin(directory.resolve(scratch), on);
    Git git = made.git(harnessGit);
    // This looks only at the files that differ. It refuses to replace what the setup wrote.
    if (!git.ask("read-tree", "-m", "-u", on.commit().id(), tree).ok()) {
      git.run("read-tree", "-u", "--reset", tree);
    }
    seed.plant(made.files(), commit, made.index());
    return new CheckTree(made.seen(), made.files(), made.layer(), commit, tree);
  }

  /** Deletes what a killed process left of its layers. */
  void deleteLeftovers() {
    deleteLeftovers(directory, CheckTree.PREFIX + "*");
    deleteLeftovers(directory.resolve("caches"), "run-*");
    deleteLeftovers(directory.resolve("services"), "*");
  }

  private void deleteLeftovers(Path parent, String names) {
    if (!Files.isDirectory(parent)) {
      return;
    }
    try (DirectoryStream<Path> left = Files.newDirectoryStream(parent, names)) {
      left.forEach(harnessGit.git()::delete);
    } catch (IOException e) {
      throw new Fault("The directory " + parent + " can't be read: " + e.getMessage(), e);
    }
  }
}

package dev.longe.workspace;

import dev.longe.core.Fault;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes the tree of a directory, including the files of nested repositories. Git alone would
 * record only a commit id for each nested repository, and that commit may exist nowhere else.
 */
final class NestedRepositories {
  private final Git git;
  private final Path root;
  private final Path scratchIndex;

  NestedRepositories(Git git, Path root, Path scratchIndex) {
    this.git = git;
    this.root = root;
    this.scratchIndex = scratchIndex;
  }

  /**
   * The tree as git alone writes it, for a directory without nested repositories; empty if git
   * can't add the files.
   */
  Optional<String> plain() {
    return git.ask("add", "-A").ok() ? Optional.of(git.run("write-tree")) : Optional.empty();
  }

  /** The tree, including the files of nested repositories. */
  String whole() {
    List<String> inner = repositories();
    List<String> add = new ArrayList<>(List.of("add", "-A", "--", "."));
    inner.forEach(path -> add.add(":(exclude,literal)" + path));
    git.run(add.toArray(String[]::new));
    for (String path : inner) {
      git.ask("rm", "-r", "-q", "--cached", "--ignore-unmatch", "--", path);
      Git sub = git.with("GIT_WORK_TREE", root.resolve(path)).with("GIT_INDEX_FILE", scratchIndex);
      sub.run("read-tree", "--empty");
      sub.run("add", "-A", "--", ".");
      git.run("read-tree", "--prefix=" + path + "/", sub.run("write-tree"));
    }
    return git.run("write-tree");
  }

  /** The outermost directories below the root that contain a repository. */
  private List<String> repositories() {
    List<String> found = new ArrayList<>();
    try {
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes a) {
              if (dir.equals(root)) {
                return FileVisitResult.CONTINUE;
              }
              if (Files.exists(dir.resolve(".git"))) {
                found.add(root.relativize(dir).toString());
                return FileVisitResult.SKIP_SUBTREE;
              }
              return dir.endsWith(".git") ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new Fault("The agent's tree " + root + " can't be read: " + e.getMessage(), e);
    }
    return found;
  }
}

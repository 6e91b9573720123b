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

/**
 * The tree of a directory, files of repositories inside it included: git by itself would note no
 * more of them than a commit id that exists nowhere else.
 */
final class Embedded {
  private final Git git;
  private final Path root;
  private final Path scratchIndex;

  Embedded(Git git, Path root, Path scratchIndex) {
    this.git = git;
    this.root = root;
    this.scratchIndex = scratchIndex;
  }

  String tree() {
    boolean added = git.ask("add", "-A").ok();
    String tree = added ? git.run("write-tree") : "";
    if (added && !holdsLinks()) {
      return tree;
    }
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

  private boolean holdsLinks() {
    return git.run("ls-files", "-s").lines().anyMatch(l -> l.startsWith("160000 "));
  }

  /** The outermost directories below the root that hold a repository. */
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

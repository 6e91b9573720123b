package dev.longe.workspace;

import dev.longe.core.Commit;
import dev.longe.core.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Consumer;

/** Makes the work trees of a task, each below the task's own directory with an index beside it. */
final class Trees {
  private final HarnessGit harnessGit;
  private final Path directory;

  Trees(HarnessGit harnessGit, Path directory) {
    this.harnessGit = harnessGit;
    this.directory = directory;
  }

  /** Whether a tree is there and is a directory, not a link. */
  boolean has(String name) {
    return Files.isDirectory(directory.resolve(name), LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Makes a tree beside its place and renames it into its place.
   *
   * @param plant gives the tree its repository
   */
  void make(String name, Commit at, Consumer<Path> plant) {
    Path made = directory.resolve(name + ".new");
    Path tree = directory.resolve(name);
    try {
      harnessGit.git().delete(made);
      Files.deleteIfExists(directory.resolve(name + ".index"));
      Files.createDirectory(made);
      harnessGit.in(name).with("GIT_WORK_TREE", made).run("read-tree", "-u", "--reset", at.id());
      plant.accept(made);
      Files.deleteIfExists(tree); // a link or a file
      Files.move(made, tree, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new Fault("The workspace " + tree + " can't be made: " + e.getMessage(), e);
    }
  }

  /** Writes a file whose time tells which files of a tree are newer than the tree. */
  void mark(String name) {
    Path mark = directory.resolve(TreeScan.mark(name));
    try {
      if (!Files.exists(mark)) {
        Files.createFile(mark);
      }
    } catch (IOException e) {
      throw new Fault("The file " + mark + " can't be made: " + e.getMessage(), e);
    }
  }

  /** Gives the owner of a directory every right on it. */
  static void open(Path tree) throws IOException {
    if (!Files.isReadable(tree) || !Files.isWritable(tree) || !Files.isExecutable(tree)) {
      Files.setPosixFilePermissions(tree, PosixFilePermissions.fromString("rwx------"));
    }
  }

  /** Gives the harness the right to read a tree if an agent took it away. */
  void open(String name) {
    try {
      open(directory.resolve(name));
    } catch (IOException e) {
      throw new Fault("The agent's tree can't be read: " + e.getMessage(), e);
    }
  }
}

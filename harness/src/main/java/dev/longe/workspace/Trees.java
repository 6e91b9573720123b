package dev.longe.workspace;

import dev.longe.core.Commit;
import dev.longe.core.Fault;
import dev.longe.sandbox.Confinement.Overlay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

/** Makes the work trees of a task, each below the task's own directory with an index beside it. */
final class Trees {
  private final HarnessGit harnessGit;
  private final Commit base;
  private final Path directory;

  Trees(HarnessGit harnessGit, Commit base, Path directory) {
    this.harnessGit = harnessGit;
    this.base = base;
    this.directory = directory;
  }

  /** Checks a commit out in a new directory, with an index beside it. */
  void checkOut(Commit commit, Path tree, Path index) {
    try {
      harnessGit.git().delete(tree);
      Files.deleteIfExists(index);
      Files.createDirectory(tree);
    } catch (IOException e) {
      throw unmakeable(tree, e);
    }
    harnessGit
        .git()
        .with("GIT_WORK_TREE", tree)
        .with("GIT_INDEX_FILE", index)
        .run("read-tree", "-u", "--reset", commit.id());
  }

  /** Makes a tree with a commit. */
  void make(WorkTree tree, Optional<PreparedBase> on, Commit at) {
    on.ifPresentOrElse(
        base -> makeLayer(tree, tree.layer().orElseThrow(), base, at), () -> make(tree, at));
  }

  /** Gives an agent's tree a new repository. */
  void plant(WorkTree tree, Seed seed, Optional<PreparedBase> on) {
    Path index =
        on.map(PreparedBase::index)
            .orElseGet(() -> {
              Path written = directory.resolve("plant.index");
              harnessGit.git().with("GIT_INDEX_FILE", written).run("read-tree", base.id());
              return written;
            });
    seed.plantBranch(tree.files(), index);
  }

  /** Makes an ordinary tree beside its place and renames it into its place. */
  void make(WorkTree tree, Commit at) {
    Path made = directory.resolve(tree.name() + ".new");
    checkOut(at, made, tree.index());
    rename(made, tree.files());
  }

  /** Makes a tree that is a layer on a prepared base. */
  private void makeLayer(WorkTree tree, Overlay layer, PreparedBase on, Commit at) {
    Path scratch = layer.scratch();
    Path made = scratch.resolveSibling(scratch.getFileName() + ".new");
    harnessGit.git().delete(made);
    harnessGit.git().delete(scratch);
    begin(made, on);
    if (!at.equals(base)) {
      WorkTree unnamed =
          WorkTree.layered(directory, made.getFileName().toString(), on, tree.seen());
      unnamed.git(harnessGit).run("read-tree", "-u", "--reset", at.id());
    }
    rename(made, scratch);
  }

  /** Makes the directories of a layer and the index of the tree. */
  void begin(Path scratch, PreparedBase on) {
    try {
      for (Path part :
          List.of(Overlay.upper(scratch), scratch.resolve("work"), Overlay.merged(scratch))) {
        Files.createDirectories(part);
      }
      Path merged = Overlay.merged(scratch);
      on.copyIndex(merged.resolveSibling(merged.getFileName() + ".index"));
    } catch (IOException e) {
      throw unmakeable(scratch, e);
    }
  }

  private static void rename(Path made, Path place) {
    try {
      Files.deleteIfExists(place); // a link or a file
      Files.move(made, place, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw unmakeable(place, e);
    }
  }

  static Fault unmakeable(Path tree, IOException e) {
    return new Fault("The workspace " + tree + " can't be made: " + e.getMessage(), e);
  }

  /** Writes the {@link WorkTree#mark} of a new tree. */
  void mark(WorkTree tree) {
    Path mark = tree.mark();
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
  static void open(WorkTree tree) {
    try {
      open(tree.files());
    } catch (IOException e) {
      throw new Fault("The agent's tree can't be read: " + e.getMessage(), e);
    }
  }
}

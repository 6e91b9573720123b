package dev.longe.workspace;

import dev.longe.core.Commit;
import dev.longe.core.Fault;
import dev.longe.core.TaskId;
import dev.longe.home.Directories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Makes the {@code .git} of an agent's tree and of a check tree: a repository that borrows objects,
 * with the task's branch at the base. It is made beside the tree and put into its place by a
 * rename. What was there before is only renamed and deleted: nothing of it is read, no program runs
 * in it, and no link is followed.
 */
final class Seed {
  private static final String GIT = ".git";

  private final TaskId task;
  private final Repository repository;
  private final Commit base;
  private final Path directory;
  private final Git git;
  private final Supplier<List<Path>> objects;

  /**
   * @param directory the task's own
   * @param git commands without the user's configuration
   * @param objects gives the directories to borrow from, as the processes of the task see them;
   *     they contain what the repository contains when it returns
   */
  Seed(
      TaskId task,
      Repository repository,
      Commit base,
      Path directory,
      Git git,
      Supplier<List<Path>> objects) {
    this.task = task;
    this.repository = repository;
    this.base = base;
    this.directory = directory;
    this.git = git;
    this.objects = objects;
  }

  /** Whether the tree has a directory {@code .git}. What is in it is not looked at. */
  static boolean isIn(Path tree) {
    return Files.isDirectory(tree.resolve(GIT), LinkOption.NOFOLLOW_LINKS);
  }

  /** Takes the repository out of a tree. */
  void uproot(Path tree) {
    git.delete(tree.resolve(GIT));
  }

  /**
   * Gives a tree a new repository with HEAD on the task's branch.
   *
   * @param index an index with the base
   */
  void plantBranch(Path tree, Path index) {
    String branch = "refs/heads/" + Refs.branch(task);
    Path made = make();
    try {
      Path ref = made.resolve(GIT).resolve(branch);
      Files.createDirectories(ref.getParent());
      Files.writeString(ref, base.id() + "\n");
    } catch (IOException e) {
      throw unmakeable(tree, e);
    }
    plant(made, tree, "ref: " + branch, index);
  }

  /** Gives a tree a new repository with HEAD at a commit and a copy of an index. */
  void plant(Path tree, Commit head, Path index) {
    plant(make(), tree, head.id(), index);
  }

  private void plant(Path made, Path tree, String head, Path index) {
    try {
      Files.writeString(made.resolve(".git/HEAD"), head + "\n");
      Files.copy(index, made.resolve(".git/index"));
    } catch (IOException e) {
      throw unmakeable(tree, e);
    }
    swap(made, tree);
  }

  /** A new directory that contains only a repository. */
  private Path make() {
    Path made = directory.resolve("seed-" + UUID.randomUUID());
    Path place = made.resolve(GIT);
    Path template = template(objects.get());
    try (Stream<Path> parts = Files.walk(template)) {
      Directories.make(made);
      for (Path part : parts.toList()) {
        Files.copy(part, place.resolve(template.relativize(part).toString()));
      }
      Path shallow = repository.common().resolve("shallow");
      if (Files.exists(shallow)) {
        Files.copy(shallow, place.resolve("shallow"));
      }
      return made;
    } catch (IOException e) {
      throw unmakeable(made, e);
    }
  }

  /** The repository that is copied, made once for a task: a copy needs no program. */
  private Path template(List<Path> borrowed) {
    Path template = directory.resolve("seed.git");
    return Files.exists(template) ? template : template(template, borrowed);
  }

  private Path template(Path template, List<Path> borrowed) {
    try {
      Path made = Files.createTempDirectory(directory, "seed-");
      git.at(made).run("init", "-q", "--template=", "--object-format=" + repository.objectFormat());
      Path info = Files.createDirectories(made.resolve(".git/info"));
      // As in the harness's trees: a filter applies neither to a check-out nor to an addition.
      Files.writeString(info.resolve("attributes"), "* -filter\n");
      Path objectInfo = Files.createDirectories(made.resolve(".git/objects/info"));
      Files.write(objectInfo.resolve("alternates"), borrowed.stream().map(Path::toString).toList());
      Files.move(made.resolve(GIT), template, StandardCopyOption.ATOMIC_MOVE);
      Directories.delete(made);
      return template;
    } catch (IOException e) {
      throw unmakeable(template, e);
    }
  }

  private void swap(Path made, Path tree) {
    Path place = tree.resolve(GIT);
    Path away = made.resolve("away");
    try {
      if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
        if (Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
          Trees.open(place); // a directory without write permission can't be moved
        }
        Files.move(place, away, StandardCopyOption.ATOMIC_MOVE);
      }
      Files.move(made.resolve(GIT), place, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw unmakeable(tree, e);
    }
    Directories.delete(made);
  }

  private static Fault unmakeable(Path tree, IOException e) {
    return new Fault("The repository in " + tree + " can't be made: " + e.getMessage(), e);
  }
}

package dev.longe.workspace;

import dev.longe.core.Candidate;
import dev.longe.core.Commit;
import dev.longe.core.Fault;
import dev.longe.core.TaskId;
import dev.longe.home.Directories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The trees of one task. Not thread-safe; a task has one owner. */
public final class Workspace {
  private final TaskId task;
  private final Repository repository;
  private final Commit base;
  private final Globs protect;
  private final Path directory;
  private final Git user;
  private final Git harnessGit;

  /**
   * A workspace in {@code directory}.
   *
   * @param directory the task's own, below the harness's home
   * @param protect globs of the paths that checks take from the base
   */
  public Workspace(
      Repository repository, TaskId task, Commit base, List<String> protect, Path directory) {
    this.task = task;
    this.repository = repository;
    this.base = base;
    this.protect = new Globs(protect);
    this.directory = directory;
    this.user = repository.git();
    Git own =
        user.at(directory)
            .with("GIT_DIR", directory.resolve("vault.git"))
            .with("GIT_OBJECT_DIRECTORY", repository.objects());
    Path shallow = repository.common().resolve("shallow");
    this.harnessGit = Files.exists(shallow) ? own.with("GIT_SHALLOW_FILE", shallow) : own;
  }

  /** The agent's work tree. */
  public Path clonePath() {
    return directory.resolve("clone");
  }

  /** The tree that checks run in. */
  public Path checkPath() {
    return directory.resolve("check");
  }

  /** Directory of the agent's prompt and structured answer. */
  public Path exchange() {
    return directory.resolve("exchange");
  }

  /** The user's repository. */
  public Repository repository() {
    return repository;
  }

  /** Paths in the user's repository that the trees of the task read: its objects. */
  public List<Path> borrowed() {
    return repository.borrowed();
  }

  /** Creates the missing parts of the workspace, with the agent's tree at {@code at}. */
  public void prepare(Commit at) {
    if (!Files.exists(directory.resolve("vault.git/HEAD"))) {
      Directories.make(directory);
      Directories.make(exchange());
      harnessGit.run("init", "-q", "--bare", "--object-format=" + repository.objectFormat());
    }
    if (!Files.exists(checkPath().resolve(".git/HEAD"))) {
      repairClone(checkPath());
      checkout(base, base);
    }
    if (!Files.isDirectory(clonePath(), LinkOption.NOFOLLOW_LINKS)) {
      repairClone(clonePath());
      inClone().run("read-tree", "-u", "--reset", at.id());
    }
  }

  /** Tree id of the base. */
  public String baseTree() {
    return user.run("rev-parse", base.id() + "^{tree}");
  }

  /**
   * Creates a separate repository for a tree, with the task's branch checked out. It borrows the
   * user's objects.
   */
  private void repairClone(Path tree) {
    try {
      if (Files.isSymbolicLink(tree)) {
        Files.delete(tree);
      }
      Files.createDirectories(tree);
      Git git = user.at(tree);
      git.run("init", "-q", "--object-format=" + repository.objectFormat());
      Files.writeString(tree.resolve(".git/objects/info/alternates"), repository.objects() + "\n");
      Path shallow = repository.common().resolve("shallow");
      if (Files.exists(shallow)) {
        Files.copy(shallow, tree.resolve(".git/shallow"), StandardCopyOption.REPLACE_EXISTING);
      }
      String branch = "refs/heads/" + Refs.branch(task);
      git.run("update-ref", branch, base.id());
      git.run("symbolic-ref", "HEAD", branch);
      git.run("read-tree", base.id());
    } catch (IOException e) {
      throw new Fault("The workspace " + tree + " can't be created: " + e.getMessage(), e);
    }
  }

  private Git inClone() {
    return harnessGit
        .with("GIT_WORK_TREE", clonePath())
        .with("GIT_INDEX_FILE", directory.resolve("clone.index"));
  }

  private Git inCheck() {
    return harnessGit
        .with("GIT_WORK_TREE", checkPath())
        .with("GIT_INDEX_FILE", directory.resolve("check.index"));
  }

  /** Commits the whole tree under a ref, with untracked files and without ignored ones. */
  public Candidate snapshot(int number, String message) {
    repairAgentsGit();
    Git git = inClone();
    NestedRepositories embedded =
        new NestedRepositories(git, clonePath(), directory.resolve("embedded.index"));
    Optional<String> plain = embedded.plain();
    Optional<Changes> seen = plain.map(t -> Changes.between(harnessGit, base.id(), t));
    boolean whole = seen.map(Changes::holdLinks).orElse(true);
    String tree = whole ? embedded.whole() : plain.orElseThrow();
    Changes changes = whole ? Changes.between(harnessGit, base.id(), tree) : seen.orElseThrow();
    String id =
        git.with("GIT_AUTHOR_NAME", "Longe")
            .with("GIT_AUTHOR_EMAIL", "longe@localhost")
            .with("GIT_COMMITTER_NAME", "Longe")
            .with("GIT_COMMITTER_EMAIL", "longe@localhost")
            .feed(message, "commit-tree", tree, "-p", base.id());
    user.run("update-ref", Refs.candidate(task, number), id);
    List<String> names = changes.paths().stream().map(Changes.Path::name).toList();
    return new Candidate(
        number,
        new Commit(id),
        tree,
        names.stream().limit(Candidate.FILES_MAX).toList(),
        changes.added(),
        changes.removed(),
        names.stream().filter(protect::match).toList());
  }

  /** Restores the clone if an agent replaced it by a link, or deleted it or its repository. */
  private void repairAgentsGit() {
    if (!Files.isDirectory(clonePath(), LinkOption.NOFOLLOW_LINKS)
        || !Files.isRegularFile(clonePath().resolve(".git/HEAD"))) {
      repairClone(clonePath());
    }
  }

  /** Resets protected paths in the agent's tree to the base. Call it after the snapshot. */
  public void restoreProtected(Commit candidate) {
    String restored = restoredTree(candidate, base);
    inClone().run("read-tree", "-u", "--reset", restored);
  }

  /** The tree of {@code commit}, with protected paths as in {@code from}. */
  private String restoredTree(Commit commit, Commit from) {
    List<Changes.Path> touched =
        Changes.between(harnessGit, from.id(), commit.id()).paths().stream()
            .filter(p -> protect.match(p.name()))
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
    Git scratch = harnessGit.with("GIT_INDEX_FILE", directory.resolve("restore.index"));
    scratch.run("read-tree", commit.id());
    scratch.feed(entries.toString(), "update-index", "-z", "--index-info");
    return scratch.run("write-tree");
  }

  /**
   * Sets the check tree to {@code commit}, with protected paths as in {@code from}: the base, or
   * the target when landing. Ignored build output stays as a cache.
   *
   * @return the id of the tree that is checked out
   */
  public String checkout(Commit commit, Commit from) {
    return checkoutTree(commit, restoredTree(commit, from));
  }

  /** As {@link #checkout(Commit, Commit)} from the base, using the candidate's recorded data. */
  public String checkout(Candidate candidate) {
    return candidate.protectedTouched().isEmpty()
        ? checkoutTree(candidate.commit(), candidate.tree())
        : checkout(candidate.commit(), base);
  }

  private String checkoutTree(Commit commit, String tree) {
    Git git = inCheck();
    git.run("read-tree", "-u", "--reset", tree);
    git.run("checkout-index", "-a", "-f", "-u", "-q");
    git.run("clean", "-ffdq");
    try {
      Path dotGit = checkPath().resolve(".git");
      Files.writeString(dotGit.resolve("HEAD"), commit.id() + "\n");
      Files.copy(
          directory.resolve("check.index"),
          dotGit.resolve("index"),
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new Fault(
          "The check checkout " + checkPath() + " can't be written: " + e.getMessage(), e);
    }
    return tree;
  }

  /** Whether a file of the agent's tree was modified after {@code since}. */
  public boolean changedSince(Instant since) {
    boolean[] found = {false};
    try {
      Files.walkFileTree(
          clonePath(),
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              found[0] = attributes.lastModifiedTime().toInstant().isAfter(since);
              return found[0] ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found[0];
  }

  /** Lands the task's candidates. */
  public Landing landing() {
    return new Landing(user, repository, task, base);
  }

  /**
   * Removes the workspace and the task's refs.
   *
   * @param landed the commit that must be reachable from {@code ref} before a ref is removed
   */
  public void removeLanded(Commit landed, String ref) {
    if (!user.ask("merge-base", "--is-ancestor", landed.id(), ref).ok()) {
      throw new Fault(
          ref
              + " does not contain "
              + landed.brief()
              + "; the candidates of "
              + task
              + " are kept.");
    }
    remove();
  }

  /** Removes the trees and keeps the refs. */
  public void clear() {
    if (Files.exists(directory)) {
      Directories.delete(directory);
    }
  }

  /** Removes the workspace and the refs of work that a human discarded. */
  public void removeDiscarded() {
    remove();
  }

  private void remove() {
    List<String> refs =
        user.run("for-each-ref", "--format=%(refname)", Refs.of(task)).lines().toList();
    StringBuilder deletions = new StringBuilder();
    refs.forEach(r -> deletions.append("delete ").append(r).append('\n'));
    user.feed(deletions.toString(), "update-ref", "--stdin");
    Directories.delete(directory);
  }
}

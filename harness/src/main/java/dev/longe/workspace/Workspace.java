package dev.longe.workspace;

import dev.longe.core.Candidate;
import dev.longe.core.Commit;
import dev.longe.core.Fault;
import dev.longe.core.Omission;
import dev.longe.core.OutsideLink;
import dev.longe.core.TaskId;
import dev.longe.home.Directories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The trees of one task. Not thread-safe; a task has one owner. */
public final class Workspace {
  private static final String CLONE = "clone";
  private static final String CHECK = "check";

  private final TaskId task;
  private final Repository repository;
  private final Commit base;
  private final ProtectedPaths protect;
  private final Path directory;
  private final Git user;
  private final HarnessGit harnessGit;
  private final Seed seed;
  private final Trees trees;
  private final Locks locks;

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
    this.directory = directory;
    this.user = repository.git();
    this.harnessGit = new HarnessGit(repository, base, directory);
    this.protect = new ProtectedPaths(harnessGit.git(), protect);
    this.seed = new Seed(task, repository, base, directory, user.isolated());
    this.trees = new Trees(harnessGit, directory);
    this.locks = new Locks(task, directory, repository.common());
  }

  /** The agent's work tree. */
  public Path clonePath() {
    return directory.resolve(CLONE);
  }

  /** The tree that checks run in. */
  public Path checkPath() {
    return directory.resolve(CHECK);
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

  /**
   * Creates the missing parts of the workspace, with the agent's tree at {@code at}. An agent's
   * tree that is no directory any more is made anew.
   *
   * @return whether the agent had removed its whole tree
   */
  public boolean prepare(Commit at) {
    locks.clear();
    boolean first = !harnessGit.exists();
    if (first) {
      Directories.make(directory);
      Directories.make(exchange());
      harnessGit.make();
    }
    if (!trees.has(CHECK)) {
      trees.make(CHECK, base, t -> seed.plant(t, base, directory.resolve("check.index")));
    }
    boolean removed = !trees.has(CLONE);
    if (removed) {
      trees.make(CLONE, at, seed::plant);
    }
    trees.mark(CLONE);
    return removed && !first;
  }

  /** Tree id of the base. */
  public String baseTree() {
    return user.run("rev-parse", base.id() + "^{tree}");
  }

  /**
   * Gives the agent's tree a new {@code .git}, for an attempt in a new session.
   *
   * <p>The files of the tree stay as they are.
   */
  public void renewRepository() {
    seed.plant(clonePath());
  }

  /** Gives the agent's tree a new {@code .git} if the present one is no directory. */
  public void repairRepository() {
    if (!Seed.isIn(clonePath())) {
      seed.plant(clonePath());
    }
  }

  /**
   * Commits the agent's whole tree under a ref, with untracked files and without ignored ones.
   *
   * @param at what the agent's tree becomes if the agent removed it
   */
  public Candidate snapshot(int number, String message, Commit at) {
    List<Omission> omissions = new ArrayList<>();
    if (prepare(at)) {
      omissions.add(new Omission(".", "was removed by the agent and is made anew"));
    }
    trees.open(CLONE);
    TreeSnapshot agentTree =
        new TreeSnapshot(
            harnessGit.in(CLONE),
            directory,
            CLONE,
            TreeScan.FILE_BYTES_MAX,
            base.id(),
            harnessGit::convertNoEncoding);
    String tree = agentTree.write();
    omissions.addAll(agentTree.omissions());
    Changes changes = Changes.between(harnessGit.git(), base.id(), tree);
    List<OutsideLink> outside =
        changes.links().isEmpty()
            ? List.of()
            : SymbolicLinks.of(harnessGit.git(), tree).outside(changes.links());
    String id =
        harnessGit
            .git()
            .with("GIT_AUTHOR_NAME", "Longe")
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
        names.stream().filter(protect::match).toList(),
        omissions.stream().limit(Candidate.OMISSIONS_MAX).toList(),
        outside.stream().limit(Candidate.OUTSIDE_LINKS_MAX).toList());
  }

  /** Resets protected paths in the agent's tree to the base. Call it after the snapshot. */
  public void restoreProtected(Commit candidate) {
    String restored = restoredTree(candidate, base);
    harnessGit.in(CLONE).run("read-tree", "-u", "--reset", restored);
  }

  private String restoredTree(Commit commit, Commit from) {
    return protect.restored(
        commit, from, harnessGit.git().with("GIT_INDEX_FILE", directory.resolve("restore.index")));
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
    locks.clear();
    Git git = harnessGit.in(CHECK);
    git.run("read-tree", "-u", "--reset", tree);
    git.run("checkout-index", "-a", "-f", "-u", "-q");
    git.run("clean", "-ffdq");
    seed.plant(checkPath(), commit, directory.resolve("check.index"));
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
    return repository.landing(task, base);
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
    user.delete(directory);
  }

  /** Removes the workspace and the refs of work that a human discarded. */
  public void removeDiscarded() {
    remove();
  }

  private void remove() {
    locks.clear();
    List<String> refs =
        user.run("for-each-ref", "--format=%(refname)", Refs.of(task)).lines().toList();
    StringBuilder deletions = new StringBuilder();
    refs.forEach(r -> deletions.append("delete ").append(r).append('\n'));
    user.feed(deletions.toString(), "update-ref", "--stdin");
    user.delete(directory);
  }
}

package dev.longe.workspace;

import dev.longe.core.Candidate;
import dev.longe.core.Commit;
import dev.longe.core.Fault;
import dev.longe.core.Omission;
import dev.longe.core.TaskId;
import dev.longe.home.Directories;
import dev.longe.home.Home;
import dev.longe.sandbox.Confinement;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The trees of one task. They are ordinary directories, or layers on a prepared base. Not
 * thread-safe; a task has one owner.
 */
public final class Workspace {
  private final TaskId task;
  private final Repository repository;
  private final Commit base;
  private final ProtectedPaths protect;
  private final Path directory;
  private final Git user;
  private final HarnessGit harnessGit;
  private final Trees trees;
  private final Locks locks;
  private final Carried carried;
  private final Borrowed borrowed;
  private final Seed seed;
  private final CheckTrees checkTrees;
  private final Deleted deleted;

  /**
   * A workspace in the task's own directory, below the harness's home.
   *
   * @param protect globs of the paths that checks take from the base
   * @param carry paths of the user's work tree that the trees contain and no candidate does
   */
  public Workspace(
      Repository repository,
      TaskId task,
      Commit base,
      List<String> protect,
      List<String> carry,
      Home home) {
    this.carried = new Carried(repository, carry);
    this.task = task;
    this.repository = repository;
    this.base = base;
    this.directory = home.workspace(task);
    this.borrowed = new Borrowed(directory, repository, home.stores());
    this.user = repository.git();
    this.harnessGit = new HarnessGit(repository, base, directory);
    this.protect = new ProtectedPaths(harnessGit.git(), protect);
    this.trees = new Trees(harnessGit, base, directory);
    this.locks = new Locks(task, directory, repository.common());
    this.seed = new Seed(task, repository, base, directory, user.isolated(), borrowed::current);
    this.checkTrees = new CheckTrees(harnessGit, trees, seed, directory);
    this.deleted = new Deleted(user, directory.resolve("deleted"));
  }

  /** The prepared base on which the trees are layers; empty if they are ordinary directories. */
  public Optional<PreparedBase> layeredOn() {
    return PreparedBase.of(directory);
  }

  /** Makes the trees layers on a prepared base. Call it before they are made. */
  public void layerOn(PreparedBase on) {
    on.keepFor(Directories.made(directory));
  }

  /** Whether the trees were made. */
  public boolean exists() {
    return harnessGit.exists() && agentTree().exists();
  }

  private WorkTree agentTree() {
    return layeredOn()
        .map(on -> WorkTree.layered(directory, "agent", on, seen()))
        .orElseGet(() -> WorkTree.plain(directory, "clone"));
  }

  /**
   * Where processes see a tree that is a layer: at the path of the user's work tree, so that
   * absolute paths in files stay valid from the setup to the last check of every task. A bare
   * repository has no work tree; its tasks share another path.
   */
  public Path seen() {
    return repository.bare() ? directory.resolveSibling("tree") : repository.top();
  }

  /** The agent's tree, as the agent sees it. */
  public Path agentPath() {
    return agentTree().seen();
  }

  /** What is in the agent's tree; for a layer, what was written to it. */
  public Path clonePath() {
    return agentTree().files();
  }

  /** The overlay of the agent's tree; empty if it is an ordinary directory. */
  public Optional<Confinement.Overlay> agentLayer() {
    return agentTree().layer();
  }

  /** The ordinary tree in which the setup of the checks runs. */
  public Path checkPath() {
    return directory.resolve(CheckTrees.PLAIN);
  }

  /** Directory of the agent's prompt and structured answer. */
  public Path exchange() {
    return directory.resolve("exchange");
  }

  /** Empties the directory of {@link #exchange}: an agent may have left links in it. */
  public void renewExchange() {
    deleted.take(exchange());
    Directories.make(exchange());
  }

  /** The user's repository. */
  public Repository repository() {
    return repository;
  }

  /** The files of the user's work tree that the trees of the task contain. */
  public Carried carried() {
    return carried;
  }

  /** What the repositories of the trees borrow objects from. */
  public Borrowed borrowed() {
    return borrowed;
  }

  /**
   * Creates the missing parts of the workspace, with the agent's tree at {@code at}. An agent's
   * tree that is no directory any more is made anew.
   *
   * @return whether the agent had removed its whole tree
   */
  public boolean prepare(Commit at) {
    boolean first = begin();
    Optional<PreparedBase> on = layeredOn();
    WorkTree agent = agentTree();
    boolean removed = !agent.exists();
    if (on.isEmpty()) {
      checkTrees.begin(base);
    }
    if (removed) {
      trees.make(agent, on, at);
      renewRepository();
    }
    trees.mark(agent);
    return removed && !first;
  }

  /** Creates the task's directory with the harness's git directory; returns whether it was new. */
  private boolean begin() {
    locks.clear();
    boolean first = !harnessGit.exists();
    if (first) {
      Directories.make(directory);
      Directories.make(exchange());
      harnessGit.make();
    }
    return first;
  }

  /** Makes a prepared base for this task. */
  public BasePreparation maker(PreparedBase made) {
    boolean _ = begin();
    return new BasePreparation(repository, harnessGit, trees, seed, base, seen(), made);
  }

  /** Keeps the ordinary tree of the checks, after the setup, as the original of later ones. */
  public void keepCheckTree() {
    checkTrees.keep();
  }

  /** Tree id of the base. */
  public String baseTree() {
    return user.run("rev-parse", base.id() + "^{tree}");
  }

  /** Gives the agent's tree a new {@code .git}, for a new session. Its files stay as they are. */
  public void renewRepository() {
    trees.plant(agentTree(), seed, layeredOn());
  }

  /** Gives the agent's tree a new {@code .git} if it has none, and the objects to borrow. */
  public void repairRepository() {
    if (Seed.isIn(clonePath())) {
      var _ = borrowed.current();
    } else {
      renewRepository();
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
    return new CandidateWriter(harnessGit, user, task, base, protect, carried)
        .write(agentTree(), number, message, omissions);
  }

  /** Resets protected paths in the agent's tree to the base. Call it after the snapshot. */
  public void restoreProtected(Commit candidate) {
    agentTree().git(harnessGit).run("read-tree", "-u", "--reset", restoredTree(candidate, base));
  }

  private String restoredTree(Commit commit, Commit from) {
    return protect.restored(
        commit, from, harnessGit.git().with("GIT_INDEX_FILE", directory.resolve("restore.index")));
  }

  /**
   * Makes the tree of one run of a check, with the content of {@code commit} and with protected
   * paths as in {@code from}: the base, or the target when landing.
   *
   * @param scratch name of a new directory in the task's own, from {@link CheckTree#newName}
   */
  public CheckTree checkTree(String scratch, Commit commit, Commit from) {
    return checkTree(scratch, commit, restoredTree(commit, from));
  }

  /** As {@link #checkTree(String, Commit, Commit)} from the base, for a recorded candidate. */
  public CheckTree checkTree(String scratch, Candidate candidate) {
    return candidate.protectedTouched().isEmpty()
        ? checkTree(scratch, candidate.commit(), candidate.tree())
        : checkTree(scratch, candidate.commit(), base);
  }

  private CheckTree checkTree(String scratch, Commit commit, String tree) {
    locks.clear();
    return layeredOn()
        .map(on -> checkTrees.layered(scratch, on, seen(), commit, tree))
        .orElseGet(() -> checkTrees.copied(commit, tree));
  }

  /** Deletes the layer of a check tree. */
  public void deleteCheckTree(String scratch) {
    deleted.take(directory.resolve(scratch));
  }

  /** Deletes what a killed process left of its runs of checks. */
  public void deleteLeftovers() {
    deleted.finish();
    checkTrees.deleteLeftovers();
  }

  /** Whether a file of the agent's tree was modified after {@code since}. */
  public boolean changedSince(Instant since) {
    return agentTree().changedSince(since);
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
          "%s does not contain %s; the candidates of %s are kept."
              .formatted(ref, landed.brief(), task));
    }
    removeDiscarded();
  }

  /** Removes the trees and keeps the refs. */
  public void clear() {
    user.delete(directory);
  }

  /** Removes the workspace and the refs of work that a human discarded. */
  public void removeDiscarded() {
    locks.clear();
    Refs.deleteAll(user, task);
    user.delete(directory);
  }
}

package dev.longe.workspace;

import dev.longe.core.Candidate;
import dev.longe.core.Commit;
import dev.longe.core.Fault;
import dev.longe.core.Omission;
import dev.longe.core.OutsideLink;
import dev.longe.core.TaskId;
import dev.longe.home.Directories;
import dev.longe.sandbox.Confinement;
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
import java.util.Optional;

/**
 * The trees of one task. They are ordinary directories, or layers on a prepared base. Not
 * thread-safe; a task has one owner.
 */
public final class Workspace {
  private static final String ON = "base";

  private final TaskId task;
  private final Repository repository;
  private final Commit base;
  private final ProtectedPaths protect;
  private final Path directory;
  private final Git user;
  private final HarnessGit harnessGit;
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
    this.trees = new Trees(harnessGit, base, directory);
    this.locks = new Locks(task, directory, repository.common());
  }

  /** The prepared base on which the trees are layers; empty if they are ordinary directories. */
  public Optional<PreparedBase> layeredOn() {
    Path file = directory.resolve(ON);
    try {
      return Files.exists(file)
          ? Optional.of(new PreparedBase(Path.of(Files.readString(file))))
          : Optional.empty();
    } catch (IOException e) {
      throw new Fault("The file " + file + " can't be read: " + e.getMessage(), e);
    }
  }

  /** Makes the trees layers on a prepared base. Call it before they are made. */
  public void layerOn(PreparedBase on) {
    Path file = Directories.made(directory).resolve(ON);
    try {
      Files.writeString(file, on.directory().toString());
    } catch (IOException e) {
      throw new Fault("The file " + file + " can't be written: " + e.getMessage(), e);
    }
  }

  private Tree agentTree() {
    return layeredOn()
        .map(on -> Tree.layered(directory, "agent", on, seen()))
        .orElseGet(() -> Tree.plain(directory, "clone"));
  }

  private CheckTrees checkTrees() {
    return new CheckTrees(harnessGit, trees, seed(), directory);
  }

  private Seed seed() {
    List<Path> objects =
        layeredOn().isPresent()
            ? borrowed().stream().map(Confinement.Moved::at).toList()
            : List.of(repository.objects());
    return new Seed(task, repository, base, directory, user.isolated(), objects);
  }

  /**
   * Where processes see a tree that is a layer: at the path of the user's work tree, so that
   * absolute paths in files stay valid from the setup to the last check of every task.
   */
  public Path seen() {
    return repository.top();
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
    return checkTrees().plain().files();
  }

  /** Directory of the agent's prompt and structured answer. */
  public Path exchange() {
    return directory.resolve("exchange");
  }

  /** The user's repository. */
  public Repository repository() {
    return repository;
  }

  /** The objects of the user's repository, and where processes see them if trees are layers. */
  public List<Confinement.Moved> borrowed() {
    List<Confinement.Moved> all = new ArrayList<>();
    for (Path objects : repository.borrowed()) {
      all.add(new Confinement.Moved(objects, directory.resolve("objects/" + all.size())));
    }
    return all;
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
    Tree agent = agentTree();
    boolean removed = !agent.exists();
    if (on.isEmpty()) {
      checkTrees().begin(base);
      if (removed) {
        trees.make(agent, at);
      }
    } else if (removed) {
      trees.make(agent, agent.layer().orElseThrow(), on.get(), at);
    }
    if (removed) {
      plantAgents(agent);
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

  /**
   * Makes the checkout of a prepared base, in which the setup can run.
   *
   * @return the overlay of the setup, with a repository in its tree
   */
  public Confinement.Overlay begin(PreparedBase made) {
    boolean _ = begin();
    harnessGit.git().delete(made.directory());
    Directories.make(made.directory());
    trees.checkOut(base, made.checkout(), made.index());
    Confinement.Overlay layer =
        new Confinement.Overlay(seen(), List.of(made.checkout()), made.setup());
    Directories.make(Confinement.Overlay.upper(made.setup()));
    seed().plant(Confinement.Overlay.upper(made.setup()), base, made.index());
    return layer;
  }

  /** Completes a prepared base after its setup. */
  public void finish(PreparedBase made) {
    seed().uproot(Confinement.Overlay.upper(made.setup()));
    Path merged = Confinement.Overlay.merged(made.setup());
    Git git =
        harnessGit
            .git()
            .with("GIT_WORK_TREE", merged)
            .with("GIT_INDEX_FILE", made.index())
            .mounting(
                new Confinement.Overlay(seen(), List.of(made.checkout()), made.setup()));
    Git.Result _ = git.ask("update-index", "-q", "--refresh"); // fails for files that differ
    if (Directories.isEmpty(Confinement.Overlay.upper(made.setup()))) {
      harnessGit.git().delete(made.setup());
    }
    Git.Result _ = git.tool("sync", "--file-system", made.directory().toString());
    made.finish();
  }

  /** Keeps the ordinary tree of the checks, after the setup, as the original of later ones. */
  public void keepCheckTree() {
    checkTrees().keep();
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
    plantAgents(agentTree());
  }

  private void plantAgents(Tree agent) {
    Path index =
        layeredOn()
            .map(PreparedBase::index)
            .orElseGet(() -> {
              Path written = directory.resolve("plant.index");
              harnessGit.git().with("GIT_INDEX_FILE", written).run("read-tree", base.id());
              return written;
            });
    seed().plantBranch(agent.files(), index);
  }

  /** Gives the agent's tree a new {@code .git} if the present one is no directory. */
  public void repairRepository() {
    if (!Seed.isIn(clonePath())) {
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
    Tree agent = agentTree();
    Trees.open(agent);
    TreeSnapshot agentTree =
        new TreeSnapshot(
            agent.git(harnessGit),
            directory,
            agent.name(),
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
    agentTree().git(harnessGit).run("read-tree", "-u", "--reset", restored);
  }

  private String restoredTree(Commit commit, Commit from) {
    return protect.restored(
        commit, from, harnessGit.git().with("GIT_INDEX_FILE", directory.resolve("restore.index")));
  }

  /**
   * Makes the tree of one run of a check, with the content of {@code commit} and with protected
   * paths as in {@code from}: the base, or the target when landing.
   *
   * @param scratch name of a new directory in the task's own
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
        .map(on -> checkTrees().layered(scratch, on, seen(), commit, tree))
        .orElseGet(() -> checkTrees().copied(commit, tree));
  }

  /** Deletes the layer of a check tree. */
  public void deleteCheckTree(String scratch) {
    user.delete(directory.resolve(scratch));
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

package dev.longe.workspace;

import dev.longe.core.Commit;
import dev.longe.core.Delivery;
import dev.longe.core.TaskId;
import dev.longe.core.Text;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Lands an accepted candidate: merges it onto the current target and moves the target ref with one
 * compare-and-swap. Never changes a work tree that has uncommitted changes.
 */
public final class Landing {
  private final Git user;
  private final Repository repository;
  private final TaskId task;
  private final Commit base;

  Landing(Git user, Repository repository, TaskId task, Commit base) {
    this.user = user;
    this.repository = repository;
    this.task = task;
    this.base = base;
  }

  /** Result of merging a candidate onto a target. */
  public sealed interface Merged {
    /**
     * The merge succeeded.
     *
     * @param onto the target commit that was merged onto
     * @param asChecked whether the merged tree equals the candidate's tree
     */
    record Clean(Commit commit, Commit onto, boolean asChecked) implements Merged {}

    /** The target already contains the change, from an interrupted landing or another branch. */
    record There(Commit commit) implements Merged {}

    record Conflict(String files) implements Merged {}

    /** The change can't be committed, or the target does not exist. */
    record Impossible(String why) implements Merged {}
  }

  /** Result of moving the target ref. */
  public sealed interface Moved {
    record Done(String ref) implements Moved {}

    /** The target has moved since the merge. Merge again. */
    record Outrun() implements Moved {}

    /** The ref was not moved, and nothing of the user's was changed. */
    record Refused(String why) implements Moved {}
  }

  /**
   * A change to be landed.
   *
   * @param candidate the commit to merge
   * @param steps earlier candidates, in order
   * @param message the commit message
   */
  public record Change(
      TaskId task,
      Commit candidate,
      List<Commit> steps,
      Delivery.LandingForm form,
      String message) {
    public Change {
      steps = List.copyOf(steps);
    }
  }

  /** The commit that a branch points to, or the base if {@code target} is empty. */
  public Optional<Commit> tip(Optional<String> target) {
    if (target.isEmpty()) {
      return Optional.of(base);
    }
    Git.Result head = user.ask("rev-parse", "--verify", "--quiet", "refs/heads/" + target.get());
    return head.ok() ? Optional.of(new Commit(head.output())) : Optional.empty();
  }

  /** Merges a change onto a commit, with the history in the form that the change asks for. */
  public Merged merge(Change change, Commit onto) {
    Git.Result merged = mergeTree(onto, change.candidate());
    List<String> lines = merged.output().lines().toList();
    if (merged.status() == 1) {
      return new Merged.Conflict(Text.list(lines.subList(1, lines.size()), 5));
    }
    if (!merged.ok()) {
      return new Merged.Impossible(Text.firstLine(merged.error()));
    }
    String tree = lines.getFirst();
    if (tree.equals(treeOf(onto))) {
      return new Merged.There(landedAs(change.task(), onto));
    }
    Commit below = onto;
    if (change.form() != Delivery.LandingForm.SQUASH) {
      for (Commit step : change.steps()) {
        below = step(step, onto, below, change);
      }
    }
    boolean apart = change.form() == Delivery.LandingForm.MERGE && !below.equals(onto);
    Git.Result commit =
        apart
            ? user.askWith(change.message(), "commit-tree", tree, "-p", onto.id(), "-p", below.id())
            : user.askWith(change.message(), "commit-tree", tree, "-p", below.id());
    if (!commit.ok()) {
      return new Merged.Impossible(
          "The change can't be committed in your name: "
              + Text.firstLine(commit.error())
              + " Set user.name and user.email with «git config», then accept again.");
    }
    boolean asChecked = tree.equals(treeOf(change.candidate()));
    return new Merged.Clean(new Commit(commit.output()), onto, asChecked);
  }

  private Git.Result mergeTree(Commit onto, Commit candidate) {
    return user.ask(
        "merge-tree",
        "--write-tree",
        "--name-only",
        "--no-messages",
        "--allow-unrelated-histories",
        onto.id(),
        candidate.id());
  }

  private String treeOf(Commit commit) {
    return user.run("rev-parse", commit.id() + "^{tree}");
  }

  /**
   * Commits one earlier candidate on top of {@code below}. Returns {@code below} unchanged if the
   * candidate does not merge cleanly; its changes are then part of the last commit.
   */
  private Commit step(Commit step, Commit onto, Commit below, Change change) {
    Git.Result merged = mergeTree(onto, step);
    if (!merged.ok()) {
      return below;
    }
    String tree = Text.firstLine(merged.output());
    if (tree.equals(treeOf(below))) {
      return below;
    }
    String message = Text.firstLine(change.message()) + " (a step)\n\n" + trailer(change.task());
    return new Commit(user.feed(message, "commit-tree", tree, "-p", below.id()));
  }

  private String parentOf(String commit) {
    return user.run("rev-parse", commit + "^1");
  }

  private static String trailer(TaskId task) {
    return "Longe-Task: " + task + "\n";
  }

  /**
   * The commit that contains a task's change, found by its message; the tip if no message names it.
   */
  private Commit landedAs(TaskId of, Commit tip) {
    String found =
        user.run(
            "log", "-1", "--format=%H", "--fixed-strings", "--grep=Longe-Task: " + of, tip.id());
    return found.isBlank() ? tip : new Commit(found);
  }

  /**
   * Merges the inverse of a landed change onto a commit.
   *
   * @param landed the last commit of the change
   */
  public Merged revert(TaskId of, Commit landed, Commit onto, String message) {
    List<String> own =
        user.run(
                "log",
                "--first-parent",
                "--format=%H",
                "--fixed-strings",
                "--grep=Longe-Task: " + of,
                landed.id())
            .lines()
            .toList();
    String first = own.isEmpty() ? landed.id() : own.getLast();
    // A child of the change with the tree from before it, so that their merge base is the change.
    Commit without =
        new Commit(
            user.feed(
                "without", "commit-tree", treeOf(new Commit(parentOf(first))), "-p", landed.id()));
    Git.Result merged = mergeTree(onto, without);
    List<String> lines = merged.output().lines().toList();
    if (merged.status() == 1) {
      return new Merged.Conflict(Text.list(lines.subList(1, lines.size()), 5));
    }
    if (!merged.ok()) {
      return new Merged.Impossible(Text.firstLine(merged.error()));
    }
    if (lines.getFirst().equals(treeOf(onto))) {
      return new Merged.Impossible("Nothing of " + landed.brief() + " is left to revert.");
    }
    Git.Result commit = user.askWith(message, "commit-tree", lines.getFirst(), "-p", onto.id());
    return commit.ok()
        ? new Merged.Clean(new Commit(commit.output()), onto, false)
        : new Merged.Impossible(Text.firstLine(commit.error()));
  }

  /** Points the task's own branch at a commit. */
  public Moved toOwnBranch(Commit commit) {
    String ref = "refs/heads/" + Refs.branch(task);
    Git.Result answer = user.ask("update-ref", "-m", "longe: accepted", ref, commit.id());
    return answer.ok() ? new Moved.Done(ref) : new Moved.Refused(Text.firstLine(answer.error()));
  }

  /**
   * Moves the target to a merged commit. If a work tree has the target checked out, its files are
   * updated too. Only for the holder of the repository's lock.
   */
  public Moved toTarget(Merged.Clean merged, String target) {
    String ref = "refs/heads/" + target;
    Optional<Path> tree = checkedOutIn(ref);
    if (tree.isEmpty()) {
      Git.Result swap =
          user.ask(
              "update-ref", "-m", "longe: landed", ref, merged.commit().id(), merged.onto().id());
      if (swap.ok()) {
        return new Moved.Done(ref);
      }
      return tip(Optional.of(target)).equals(Optional.of(merged.onto()))
          ? new Moved.Refused(Text.firstLine(swap.error()))
          : new Moved.Outrun();
    }
    return checkedOut(tree.get(), ref).move(merged.onto(), merged.commit());
  }

  /** What the user has to do before a change can land on the target, in one sentence. */
  public Optional<String> obstacle(String target) {
    String ref = "refs/heads/" + target;
    return checkedOutIn(ref).flatMap(tree -> checkedOut(tree, ref).obstacle());
  }

  private CheckedOutBranch checkedOut(Path tree, String ref) {
    return new CheckedOutBranch(user.at(tree), tree, repository.common(), ref);
  }

  private Optional<Path> checkedOutIn(String ref) {
    if (repository.bare() && user.run("worktree", "list", "--porcelain").lines().count() <= 3) {
      return Optional.empty();
    }
    Path tree = repository.top();
    for (String line : user.run("worktree", "list", "--porcelain").lines().toList()) {
      if (line.startsWith("worktree ")) {
        tree = Path.of(line.substring("worktree ".length()));
      } else if (line.equals("branch " + ref)) {
        return Optional.of(tree);
      }
    }
    return Optional.empty();
  }
}

package dev.longe.workspace;

import dev.longe.core.Commit;
import dev.longe.core.Delivery;
import dev.longe.core.TaskId;
import dev.longe.core.Text;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Brings an accepted candidate to its ref: onto the target as it is now, as one commit, with one
 * compare-and-swap. Nothing here touches a tree that has changes of the user's.
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

  /** The candidate on top of a target. */
  public sealed interface Merged {
    /**
     * @param onto what the target was
     * @param asChecked whether its tree is the candidate's own
     */
    record Clean(Commit commit, Commit onto, boolean asChecked) implements Merged {}

    /** It stands there already: from a landing that was cut off, or brought along by another. */
    record There(Commit commit) implements Merged {}

    record Conflict(String files) implements Merged {}

    /** The change can't be committed or the target is not there. */
    record Impossible(String why) implements Merged {}
  }

  /** What the last step did. */
  public sealed interface Moved {
    record Done(String ref) implements Moved {}

    /** The target is another commit by now; merge again. */
    record Outrun() implements Moved {}

    /** Not moved, and nothing of the user's touched. */
    record Refused(String why) implements Moved {}
  }

  /**
   * A change to be brought in.
   *
   * @param candidate what is merged
   * @param steps earlier candidates on the way to it, in order
   * @param message of its commit
   */
  public record Change(
      TaskId task, Commit candidate, List<Commit> steps, Delivery.Landing form, String message) {
    public Change {
      steps = List.copyOf(steps);
    }
  }

  /** The commit that a branch stands at; the base where {@code target} is empty. */
  public Optional<Commit> tip(Optional<String> target) {
    if (target.isEmpty()) {
      return Optional.of(base);
    }
    Git.Answer head = user.ask("rev-parse", "--verify", "--quiet", "refs/heads/" + target.get());
    return head.ok() ? Optional.of(new Commit(head.output())) : Optional.empty();
  }

  /** Merges a change onto a commit, in the form that its history shall have. */
  public Merged merge(Change change, Commit onto) {
    Git.Answer merged = mergeTree(onto, change.candidate());
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
    if (change.form() != Delivery.Landing.SQUASH) {
      for (Commit step : change.steps()) {
        below = step(step, onto, below, change);
      }
    }
    boolean apart = change.form() == Delivery.Landing.MERGE && !below.equals(onto);
    Git.Answer commit =
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

  private Git.Answer mergeTree(Commit onto, Commit candidate) {
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

  /** One step on the way; one that does not merge by itself is left to the last. */
  private Commit step(Commit step, Commit onto, Commit below, Change change) {
    Git.Answer merged = mergeTree(onto, step);
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
   * The commit under which a task's change stands in a history; the last one where none says so.
   */
  private Commit landedAs(TaskId of, Commit tip) {
    String found =
        user.run(
            "log", "-1", "--format=%H", "--fixed-strings", "--grep=Longe-Task: " + of, tip.id());
    return found.isBlank() ? tip : new Commit(found);
  }

  /**
   * Merges the opposite of a landed change onto a commit.
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
    // A child of the change that holds what was before it: their merge base is the change itself.
    Commit without =
        new Commit(
            user.feed(
                "without", "commit-tree", treeOf(new Commit(parentOf(first))), "-p", landed.id()));
    Git.Answer merged = mergeTree(onto, without);
    List<String> lines = merged.output().lines().toList();
    if (merged.status() == 1) {
      return new Merged.Conflict(Text.list(lines.subList(1, lines.size()), 5));
    }
    if (!merged.ok()) {
      return new Merged.Impossible(Text.firstLine(merged.error()));
    }
    if (lines.getFirst().equals(treeOf(onto))) {
      return new Merged.Impossible("Nothing of " + landed.brief() + " is left to take back.");
    }
    Git.Answer commit = user.askWith(message, "commit-tree", lines.getFirst(), "-p", onto.id());
    return commit.ok()
        ? new Merged.Clean(new Commit(commit.output()), onto, false)
        : new Merged.Impossible(Text.firstLine(commit.error()));
  }

  /** Leaves a commit on the task's own branch. */
  public Moved toOwnBranch(Commit commit) {
    String ref = "refs/heads/" + Refs.branch(task);
    Git.Answer answer = user.ask("update-ref", "-m", "longe: accepted", ref, commit.id());
    return answer.ok() ? new Moved.Done(ref) : new Moved.Refused(Text.firstLine(answer.error()));
  }

  /**
   * Moves the target to a merged commit, with the files of the work tree that has it checked out,
   * if one has.
   */
  public Moved toTarget(Merged.Clean merged, String target) {
    String ref = "refs/heads/" + target;
    Optional<Path> tree = checkedOutIn(ref);
    if (tree.isEmpty()) {
      Git.Answer swap =
          user.ask(
              "update-ref", "-m", "longe: landed", ref, merged.commit().id(), merged.onto().id());
      return swap.ok() ? new Moved.Done(ref) : new Moved.Outrun();
    }
    Git there = user.at(tree.get());
    if (!there.run("status", "--porcelain", "--untracked-files=no").isEmpty()) {
      return new Moved.Refused(
          "%s is checked out in %s with changes of yours; commit or stash them, then accept again."
              .formatted(target, tree.get()));
    }
    if (!there.run("rev-parse", "HEAD").equals(merged.onto().id())) {
      return new Moved.Outrun();
    }
    Git.Answer forward = there.ask("merge", "--ff-only", "-q", merged.commit().id());
    if (!forward.ok() && forward.error().contains(".lock")) {
      return new Moved.Outrun(); // somebody else is at work there
    }
    return forward.ok()
        ? new Moved.Done(ref)
        : new Moved.Refused(
            target
                + " can't be moved in "
                + tree.get()
                + ": "
                + forward.error().strip().replace('\n', ' '));
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

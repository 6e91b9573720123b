package dev.longe.workspace;

import dev.longe.core.Commit;
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

  /** Merges the candidate onto the branch; onto the base where {@code target} is empty. */
  public Merged merge(Commit candidate, Optional<String> target, String message) {
    Commit onto = base;
    if (target.isPresent()) {
      Git.Answer head = user.ask("rev-parse", "--verify", "--quiet", "refs/heads/" + target.get());
      if (!head.ok()) {
        return new Merged.Impossible("The branch " + target.get() + " is gone.");
      }
      onto = new Commit(head.output());
    }
    Git.Answer merged =
        user.ask(
            "merge-tree",
            "--write-tree",
            "--name-only",
            "--no-messages",
            "--allow-unrelated-histories",
            onto.id(),
            candidate.id());
    List<String> lines = merged.output().lines().toList();
    if (merged.status() == 1) {
      return new Merged.Conflict(Text.list(lines.subList(1, lines.size()), 5));
    }
    if (!merged.ok()) {
      return new Merged.Impossible(Text.firstLine(merged.error()));
    }
    String tree = lines.getFirst();
    if (tree.equals(user.run("rev-parse", onto.id() + "^{tree}"))) {
      return new Merged.Clean(
          onto, onto, true); // it stands there already, from a landing that was cut off
    }
    Git.Answer commit = user.askWith(message, "commit-tree", tree, "-p", onto.id());
    if (!commit.ok()) {
      return new Merged.Impossible(
          "The change can't be committed in your name: "
              + Text.firstLine(commit.error())
              + " Set user.name and user.email with «git config», then accept again.");
    }
    boolean asChecked = tree.equals(user.run("rev-parse", candidate.id() + "^{tree}"));
    return new Merged.Clean(new Commit(commit.output()), onto, asChecked);
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

package dev.longe.workspace;

import dev.longe.core.Commit;
import dev.longe.core.Text;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Moves a branch of the user that a work tree has checked out, together with index and files of
 * this work tree. Only for the holder of the {@link RepositoryLock}.
 *
 * <p>The user's index stays locked for the user's git all the time. The ref moves first, by
 * compare-and-swap, so a commit that somebody makes at the same moment is never covered. Then git
 * updates the files by a copy of the index, which replaces the index in one step. What a kill
 * leaves between these steps is finished by {@link InterruptedLanding}.
 */
final class CheckedOutBranch {
  /** Files by which git knows a command that the user has not finished. */
  private static final List<String> UNFINISHED =
      List.of("MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "rebase-merge", "rebase-apply");

  private final Git there;
  private final Path tree;
  private final Path common;
  private final Path gitDirectory;
  private final String ref;

  /**
   * @param there git commands in the work tree
   * @param common the git directory of all work trees
   */
  CheckedOutBranch(Git there, Path tree, Path common, String ref) {
    this.there = there;
    this.tree = tree;
    this.common = common;
    this.gitDirectory = Path.of(there.run("rev-parse", "--absolute-git-dir"));
    this.ref = ref;
  }

  private String branch() {
    return ref.replaceFirst("^refs/heads/", "");
  }

  private Landing.Moved refused(String why) {
    return new Landing.Moved.Refused(why);
  }

  /**
   * What the user has to do in the work tree before a change can land there. Empty while another
   * landing works there: index and files follow the branch then.
   */
  Optional<String> obstacle() {
    String head = there.run("rev-parse", "HEAD");
    return IndexLock.isThere(gitDirectory)
        ? Optional.empty()
        : unfinished()
            .or(() -> uncommitted(there))
            .filter(_ -> there.run("rev-parse", "HEAD").equals(head));
  }

  private Optional<String> unfinished() {
    return UNFINISHED.stream().anyMatch(f -> Files.exists(gitDirectory.resolve(f)))
        ? Optional.of(
            "%s is checked out in %s, where a merge or a rebase is not finished; finish it, then accept again."
                .formatted(branch(), tree))
        : Optional.empty();
  }

  private Optional<String> uncommitted(Git git) {
    return git.run("status", "--porcelain", "--untracked-files=no").isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%s is checked out in %s with uncommitted changes; commit or stash them, then accept again."
                .formatted(branch(), tree));
  }

  /** Moves it from one commit to another; nothing has changed if the result is not {@code Done}. */
  Landing.Moved move(Commit from, Commit to) {
    Optional<String> unfinished = unfinished();
    if (unfinished.isPresent()) {
      return refused(unfinished.get());
    }
    return switch (IndexLock.take(gitDirectory)) {
      case IndexLock.Taken.Busy busy ->
          refused(
              "Another git command works in %s; accept again when it has ended. If there is none, it has left the file %s: delete it."
                  .formatted(tree, busy.file()));
      case IndexLock.Taken.Held held -> {
        try (IndexLock lock = held.lock()) {
          yield move(from, to, lock);
        }
      }
    };
  }

  private Landing.Moved move(Commit from, Commit to, IndexLock lock) {
    Git git = there.with("GIT_INDEX_FILE", lock.copy());
    lock.copyIndex();
    // A file whose time alone has changed would be in the way.
    Git.Result _ = git.ask("update-index", "-q", "--refresh");
    Optional<String> uncommitted = uncommitted(git);
    if (uncommitted.isPresent()) {
      return refused(uncommitted.get());
    }
    if (!there.ask("symbolic-ref", "HEAD").output().equals(ref)
        || !there.run("rev-parse", "HEAD").equals(from.id())) {
      return new Landing.Moved.Outrun();
    }
    Git.Result possible = git.ask("read-tree", "-n", "-m", "-u", from.id(), to.id());
    if (!possible.ok()) {
      return cannot(possible);
    }
    Optional<String> inTheWay = FilesInTheWay.of(there, tree, from, to);
    if (inTheWay.isPresent()) {
      return refused(
          "The change adds a file where %s has one that git ignores: %s. Move it away, then accept again."
              .formatted(tree, inTheWay.get()));
    }
    Optional<String> failure = new TrialCheckout(there, common).of(from, to);
    if (failure.isPresent()) {
      return cannot(failure.get());
    }
    new LandingRecord(tree, gitDirectory, ref, from, to).write(common);
    Landing.Moved moved = recorded(from, to, git, lock);
    LandingRecord.delete(common);
    return moved;
  }

  private Landing.Moved recorded(Commit from, Commit to, Git git, IndexLock lock) {
    Git.Result swap = swap(from, to);
    if (!swap.ok()) {
      return there.run("rev-parse", ref).equals(from.id())
          ? cannot(swap)
          : new Landing.Moved.Outrun();
    }
    Git.Result files = git.contained().ask("read-tree", "-m", "-u", from.id(), to.id());
    if (files.ok()) {
      lock.publish();
      return new Landing.Moved.Done(ref);
    }
    if (!swap(to, from).ok()) {
      return refused(
          "%s is at %s now, but its files in %s could not be updated (%s); look at «git status» there."
              .formatted(branch(), to.brief(), tree, Text.firstLine(files.error())));
    }
    LandingRecord undone = new LandingRecord(tree, gitDirectory, ref, from, to).reversed();
    undone.write(common);
    List<String> left = InterruptedLanding.takeBack(undone, there, lock).all();
    return left.isEmpty()
        ? cannot(files)
        : refused(
            "%s can't be moved in %s: %s. These files there are not as before: %s; run «git checkout -- FILE» for those that are not your work."
                .formatted(branch(), tree, Text.firstLine(files.error()), Text.list(left, 5)));
  }

  private Git.Result swap(Commit from, Commit to) {
    return there.contained().ask("update-ref", "-m", "longe: landed", ref, to.id(), from.id());
  }

  private Landing.Moved cannot(Git.Result answer) {
    return cannot(answer.error());
  }

  private Landing.Moved cannot(String why) {
    return refused(
        "%s can't be moved in %s: %s".formatted(branch(), tree, why.strip().replace('\n', ' ')));
  }
}

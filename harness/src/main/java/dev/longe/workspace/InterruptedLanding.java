package dev.longe.workspace;

import dev.longe.core.Commit;
import dev.longe.core.Fault;
import dev.longe.core.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A landing in a work tree of the user that was killed. If the branch has not moved, nothing of the
 * user's was changed. If it has, index and files of the work tree are brought to the same commit.
 * Only for the holder of the {@link RepositoryLock}.
 */
final class InterruptedLanding {
  /** How long a lock of a ref is left alone, because a living git may hold it. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final LandingRecord record;
  private final Git there;
  private final Path common;

  private InterruptedLanding(LandingRecord record, Git user, Path common) {
    this.record = record;
    this.there = user.at(record.tree());
    this.common = common;
  }

  /**
   * Finishes or removes what killed processes have left in a repository.
   *
   * @return what a human has to look at, in one line
   */
  static Optional<String> finish(Git user, Path common) {
    Optional<LandingRecord> record = LandingRecord.left(common);
    Optional<String> left =
        record
            .filter(r -> Files.isDirectory(r.tree()))
            .flatMap(r -> new InterruptedLanding(r, user, common).finish());
    if (record.isPresent()) {
      LandingRecord.delete(common);
    }
    new TrialCheckout(user, common).remove();
    gitDirectories(common).stream()
        .filter(IndexLock::isThere)
        .map(IndexLock::left)
        .forEach(IndexLock::close);
    return left;
  }

  private static List<Path> gitDirectories(Path common) {
    List<Path> all = new ArrayList<>(List.of(common));
    Path others = common.resolve("worktrees");
    if (Files.isDirectory(others)) {
      try (Stream<Path> found = Files.list(others)) {
        all.addAll(found.toList());
      } catch (IOException e) {
        throw new Fault("The directory " + others + " can't be read: " + e.getMessage(), e);
      }
    }
    return all;
  }

  private Optional<String> finish() {
    breakLock(common.resolve(record.ref() + ".lock"));
    breakLock(record.gitDirectory().resolve("HEAD.lock"));
    String tip = there.ask("rev-parse", "--verify", "--quiet", record.ref()).output();
    // Without the lock the index was replaced already, or the user has gone on.
    if (tip.isEmpty() || !IndexLock.isThere(record.gitDirectory())) {
      return Optional.empty();
    }
    // The branch may not have moved yet, or may have been moved back.
    LandingRecord towards = tip.equals(record.from().id()) ? record.reversed() : record;
    // If this fails, lock and record stay, so that the next process tries again.
    IndexLock lock = IndexLock.left(record.gitDirectory());
    Updated updated = new InterruptedLanding(towards, there, common).update(new Commit(tip), lock);
    if (!updated.unwritten().isEmpty()) {
      throw new Fault(
          "The landing of %s was interrupted, and git can't write these files in %s: %s (%s)"
              .formatted(
                  record.to().brief(),
                  record.tree(),
                  Text.list(updated.unwritten(), 5),
                  Text.firstLine(updated.error())));
    }
    lock.publish();
    lock.close();
    return updated.foreign().isEmpty()
        ? Optional.empty()
        : Optional.of(
            "The landing of %s was interrupted, and these files in %s are neither the old nor the new ones: %s; if that is not your work, run «git checkout -- FILE»."
                .formatted(record.to().brief(), record.tree(), Text.list(updated.foreign(), 5)));
  }

  /** Deletes the lock of a ref that the killed git left; it is empty or contains the commit. */
  private void breakLock(Path lock) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (Files.exists(lock)) {
      try {
        String content = Files.readString(lock).strip();
        boolean ours = content.isEmpty() || content.equals(record.to().id());
        if (!ours) {
          return;
        }
        if (System.nanoTime() > end) {
          Files.deleteIfExists(lock);
        }
      } catch (IOException e) {
        return; // it is gone
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  /**
   * Files that were not brought to a commit.
   *
   * @param foreign files that are neither old nor new, and are left alone
   * @param unwritten files that git could not write
   * @param error what git printed
   */
  record Updated(List<String> foreign, List<String> unwritten, String error) {
    Updated {
      foreign = List.copyOf(foreign);
      unwritten = List.copyOf(unwritten);
    }

    List<String> all() {
      return Stream.concat(foreign.stream(), unwritten.stream()).toList();
    }
  }

  /**
   * Takes back in index and files what a landing has begun that did not succeed. The branch already
   * is where it was.
   *
   * @param undone from the new commit to the old one
   */
  static Updated takeBack(LandingRecord undone, Git there, IndexLock lock) {
    Updated updated =
        new InterruptedLanding(undone, there, undone.gitDirectory()).update(undone.to(), lock);
    lock.publish();
    return updated;
  }

  /** Brings the files to a commit, and the copy of the index; the index is not replaced yet. */
  private Updated update(Commit tip, IndexLock lock) {
    Git git = there.with("GIT_INDEX_FILE", lock.copy());
    lock.copyIndex();
    git.run("read-tree", "--reset", tip.id());
    Git.Result _ = git.ask("update-index", "-q", "--refresh");
    Set<String> differs = new HashSet<>(names(git.run("diff-files", "--name-only", "-z")));
    List<Changes.Path> changed = Changes.between(there, record.from().id(), tip.id()).paths();
    List<String> foreign = new ArrayList<>();
    changed.stream()
        .filter(p -> p.newMode().equals(Changes.ABSENT) && !removed(p))
        .forEach(p -> foreign.add(p.name()));
    List<String> write = new ArrayList<>();
    changed.stream()
        .filter(p -> !p.newMode().equals(Changes.ABSENT) && differs.contains(p.name()))
        .forEach(p -> (replaceable(p) ? write : foreign).add(p.name()));
    if (write.isEmpty()) {
      return new Updated(foreign, List.of(), "");
    }
    Git.Result written =
        git.contained()
            .askWith(
                String.join("\0", write) + "\0", "checkout-index", "-f", "-u", "-z", "--stdin");
    return new Updated(foreign, written.ok() ? List.of() : write, written.error());
  }

  /** Removes a file that the commit does not have, with the directories that it leaves empty. */
  private boolean removed(Changes.Path path) {
    Path file = record.tree().resolve(path.name());
    if (blocked(file)) {
      return true; // the commit has a file in place of a directory above it
    }
    boolean exists =
        Files.exists(file, LinkOption.NOFOLLOW_LINKS)
            && !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS);
    if (exists && !half(file) && !isOld(path)) {
      return false;
    }
    try {
      if (exists) {
        Files.delete(file);
      }
      for (Path above : FilesInTheWay.directories(record.tree(), file).reversed()) {
        if (Files.exists(above) && isEmpty(above)) {
          Files.delete(above);
        }
      }
      return true;
    } catch (IOException e) {
      throw new Fault("The file " + file + " can't be deleted: " + e.getMessage(), e);
    }
  }

  private static boolean isEmpty(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.findAny().isEmpty();
    }
  }

  /** Whether nothing else of the user is lost when git writes a file. */
  private boolean replaceable(Changes.Path path) {
    Path file = record.tree().resolve(path.name());
    return !blocked(file)
        && (!Files.exists(file, LinkOption.NOFOLLOW_LINKS) || half(file) || isOld(path));
  }

  private boolean blocked(Path file) {
    return FilesInTheWay.above(record.tree(), file).isPresent();
  }

  private static List<String> names(String output) {
    return Stream.of(output.split("\0")).filter(n -> !n.isEmpty()).toList();
  }

  /** Whether git had only begun to write a file. */
  private static boolean half(Path file) {
    try {
      return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private boolean isOld(Changes.Path path) {
    if (path.oldMode().equals("120000")) {
      return Files.isSymbolicLink(record.tree().resolve(path.name()));
    }
    Git.Result id = there.ask("hash-object", "--path=" + path.name(), "--", path.name());
    return id.ok() && id.output().equals(path.oldId());
  }
}

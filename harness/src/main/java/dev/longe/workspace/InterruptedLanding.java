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
    boolean open = !tip.equals(record.from().id()) && IndexLock.isThere(record.gitDirectory());
    if (!open || tip.isEmpty()) {
      return Optional.empty();
    }
    // If this fails, lock and record stay, so that the next process tries again.
    IndexLock lock = IndexLock.left(record.gitDirectory());
    Optional<String> left = update(new Commit(tip), lock);
    lock.close();
    return left;
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
   * Brings the index and the files of a work tree to the commit that a record names.
   *
   * @return what a human has to look at, in one line
   */
  static Optional<String> update(LandingRecord record, Git there, IndexLock lock) {
    return new InterruptedLanding(record, there, record.gitDirectory()).update(record.to(), lock);
  }

  /** Brings index and files to a commit; files that are neither old nor new are left alone. */
  private Optional<String> update(Commit tip, IndexLock lock) {
    Git git = there.with("GIT_INDEX_FILE", lock.copy());
    lock.copyIndex();
    git.run("read-tree", "--reset", tip.id());
    Git.Result _ = git.ask("update-index", "-q", "--refresh");
    Set<String> differs = new HashSet<>(names(git.run("diff-files", "--name-only", "-z")));
    List<String> write = new ArrayList<>();
    List<String> foreign = new ArrayList<>();
    for (Changes.Path path : Changes.between(there, record.from().id(), tip.id()).paths()) {
      Path file = record.tree().resolve(path.name());
      boolean gone = path.newMode().equals("000000");
      boolean exists = Files.exists(file, LinkOption.NOFOLLOW_LINKS);
      if (gone ? !exists : !differs.contains(path.name())) {
        continue;
      }
      if (exists && !half(file) && !isOld(path)) {
        foreign.add(path.name());
      } else if (gone) {
        delete(file);
      } else {
        write.add(path.name());
      }
    }
    if (!write.isEmpty()) {
      git.contained()
          .feed(String.join("\0", write) + "\0", "checkout-index", "-f", "-u", "-z", "--stdin");
    }
    lock.publish();
    return foreign.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "The landing of %s was interrupted, and these files in %s are neither the old nor the new ones: %s; if that is not your work, run «git checkout -- FILE»."
                .formatted(record.to().brief(), record.tree(), Text.list(foreign, 5)));
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

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new Fault("The file " + file + " can't be deleted: " + e.getMessage(), e);
    }
  }
}
